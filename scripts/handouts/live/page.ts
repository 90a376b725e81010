/// <reference lib="dom" />
/** Makes a notebook's page alive: its cells can be edited and run, and its parameters are controls. @module */
import { listOf } from "../../../lib/words.ts";
import { CellView } from "./cell_view.ts";
import { declaredIn } from "./completion.ts";
import type { LiveData } from "./data.tsx";
import { button, element } from "./element.ts";
import type { Told } from "./engine.ts";
import { Runner } from "./frame.ts";
import { greenOf, keep, kept, whenKept } from "./kept.ts";
import { ownName } from "./place.ts";
import { Replays } from "./replay.ts";
import { Values } from "./values.ts";

/** Cells run for so many milliseconds before Stop is offered. */
const PATIENCE = 200;

/** A notebook's page that is alive. */
export class LivePage {
  readonly #path = ownName;
  readonly #cells: CellView[];
  readonly #values: Values;
  readonly #replays: Replays;
  #runner = this.#newRunner();
  /** The cell that runs. */
  #current?: CellView;
  #patience?: ReturnType<typeof setTimeout>;
  #keepsNothing = "";
  /** The first cell of which a picture has changed since other values were chosen. */
  #firstChanged?: CellView;

  readonly #status = element("p", { role: "status" });
  readonly #toChanged = button("First picture that changed", "Go to the first picture that changed", () => {
    const cell = this.#firstChanged!;
    const picture = cell.changed ?? cell.box;
    cell.openAnswer();
    picture.scrollIntoView({ block: "center" });
    picture.focus({ preventScroll: true });
  });
  readonly #runAll = button("Run all", "Run all cells, from the start", () => {
    this.#stop("Stopped.");
    this.#run([...this.#cells.keys()]);
  });
  readonly #stopButton = button("Stop", "Stop the cells that run", () => this.#stop("Stopped."));
  readonly #resetValues = button(
    "Reset values",
    "Reset values of parameters to the notebook’s own",
    () => this.#values.set(new Map()),
  );
  readonly #resetAll = button("Reset all", "Reset all cells and values to the notebook’s own", () => {
    const edited = this.#edited;
    for (const cell of edited) cell.edit(cell.given);
    this.#values.set(new Map());
    this.#run(edited.map(({ index }) => index));
  });
  readonly #download = button("Download", "Download this page with your edits, as a notebook", () => {
    const sources = new Map(this.#cells.map(({ id, source }) => [id, source]));
    const cells = this.data.notebook.cells.map((cell) => ({
      ...cell,
      source: sources.get(`cell-${cell.id}`) ?? cell.source,
    }));
    const json = JSON.stringify({ ...this.data.notebook, cells }, null, 1);
    const href = URL.createObjectURL(new Blob([json], { type: "application/x-ipynb+json" }));
    const name = decodeURIComponent(this.#path.split(/[#/]/).at(-1)!).replace(/(\.html)?$/, ".ipynb");
    element("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  });

  constructor(readonly data: LiveData) {
    const { parameters, notebook } = data;
    const given = new Map(notebook.cells.map(({ id, source }) => [`cell-${id}`, source]));
    const boxes = document.querySelectorAll<HTMLElement>(".cell:is(.code, .work):has(pre.code > code)");
    this.#cells = [...boxes].map((box, index) =>
      new CellView(box, index, given, {
        run: (index) => this.#run([index]),
        say: (sentence) => this.#say(sentence),
        edited: ({ id, given, source, isEdited }) => {
          this.#keep(id, isEdited ? [given, source] : undefined);
          this.#showButtons();
        },
        names: () => declaredIn(this.#cells.map(({ source }) => source)),
        drawn: (cell, isNew) => {
          if (isNew) this.#replays.offer(cell);
          this.#replays.renew(cell);
          if (cell.changed && cell.index <= (this.#firstChanged?.index ?? cell.index)) {
            this.#firstChanged = cell;
            this.#showButtons();
          }
        },
      })
    );
    this.#values = new Values(parameters?.declared ?? [], {
      changed: () => {
        this.#firstChanged = undefined;
        this.#say();
        this.#run([]);
      },
      refused: (sentence) => this.#say(sentence),
      step: (step) => this.#replays.read(step),
    });
    this.#replays = new Replays({
      cells: this.#cells,
      run: (cell) => this.#run([cell]),
      ask: (...replay) => this.#runner.ask({ replay }),
      address: (step) => this.#values.addressOf(step),
      keep: (step) => this.#values.keepStep(step),
    });
    for (const cell of this.#cells) this.#replays.offer(cell);
    const block = this.#cells.find(({ id }) => id === parameters?.block)?.box;
    block?.classList.add("has-controls");
    block?.prepend(this.#values.row);
    const buttons = [this.#runAll, this.#stopButton, this.#resetValues, this.#resetAll, this.#download];
    const bar = element(
      "section",
      { class: "bar", "aria-label": "Run" },
      ...buttons,
      this.#status,
      this.#toChanged,
    );
    document.querySelector("footer")!.after(bar);
    document.documentElement.classList.add("alive");
    this.#stopButton.hidden = true;
    this.#start();
  }

  #start(): void {
    const interrupted = kept<string>(this.#path, "running");
    keep(this.#path, "running", undefined);
    for (const { id } of this.#cells) this.#takeKept(id);
    whenKept(this.#path, (id) => this.#takeKept(id));
    this.#say(this.#edited.length > 0 ? "Your edits are here. Run all, or run the cells you need." : "");
    this.#keep("seen", true);
    if (interrupted) {
      const what = `When this page was last open, it ended while ${interrupted} ran.`;
      this.#say(`${what} Your edits are here; nothing has run yet.`);
    } else this.#values.read();
    this.#run([]); // compiles the cells, so that the first move of a control is as quick as the next
    addEventListener("hashchange", () => this.#values.read());
    addEventListener("pagehide", () => keep(this.#path, "running", undefined));
  }

  // ---- What is said and kept

  /** Says a sentence, with what holds until it changes. */
  #say(sentence = ""): void {
    const green = greenOf(this.#path);
    const open = this.data.exercises.filter((it) => !green.includes(it));
    const values = this.#values.sentence;
    const list = listOf(open);
    const unsolved = !values || open.length === 0
      ? ""
      : open.length === 1
      ? `Exercise ${list} is not solved yet: what depends on it shows what your cell does so far.`
      : `Exercises ${list} are not solved yet: what depends on them shows what your cells do so far.`;
    const all = [sentence, values, unsolved, this.#keepsNothing];
    this.#status.textContent = all.filter(Boolean).join(" ");
    this.#showButtons();
  }

  #showButtons(): void {
    this.#resetValues.hidden = this.#values.chosen.size === 0;
    this.#resetAll.hidden = this.#edited.length === 0;
    this.#toChanged.hidden = this.#values.chosen.size === 0 || !this.#firstChanged;
  }

  get #edited(): CellView[] {
    return this.#cells.filter(({ isEdited }) => isEdited);
  }

  #keep(what: string, value: unknown): void {
    if (keep(this.#path, what, value) || this.#keepsNothing) return;
    this.#keepsNothing = "This browser does not keep your edits: its storage is full or forbidden. " +
      "Download what you want to keep.";
    this.#say();
  }

  /** Takes in the edit that was kept of a cell, if the cell is still what was edited. */
  #takeKept(id: string): void {
    const cell = this.#cells.find((it) => it.id === id);
    if (!cell) return;
    const [given, source] = kept<[string, string]>(this.#path, id) ?? [cell.given, cell.given];
    if (given === cell.given && source !== cell.source) cell.show(source);
    this.#showButtons();
  }

  // ---- Running

  #newRunner(): Runner {
    const lost = () => this.#stop("It has filled the memory, it seems, and was ended.");
    return new Runner((told) => this.#hear(told), lost);
  }

  #run(asked: number[]): void {
    const { parameters, realTime } = this.data;
    for (const index of asked) this.#cells[index].openAnswer();
    this.#runner.ask({
      cells: this.#cells.map(({ source, number }) => ({ source, number })),
      values: Object.fromEntries(this.#values.chosen),
      parameters: this.#cells.findIndex(({ id }) => id === parameters?.block),
      realTime: this.#cells.filter(({ id }) => realTime.includes(id)).map(({ index }) => index),
      run: asked,
    });
    this.#patience ??= setTimeout(() => this.#stopButton.hidden = false, PATIENCE);
  }

  #hear(told: Told): void {
    if (told.kind === "idle") return this.#rest();
    if (told.kind === "replay") return this.#replays.hear(told);
    if (told.kind === "checked") return this.#mark(told);
    const cell = this.#cells[told.cell];
    if (told.kind === "start") {
      this.#current = cell;
      keep(this.#path, "running", cell.name);
    }
    cell.hear(told);
  }

  /** Keeps that an exercise is green, or that it is not. */
  #mark({ exercise, isRight }: Extract<Told, { kind: "checked" }>): void {
    const others = greenOf(this.#path).filter((it) => it !== exercise);
    this.#keep("green", isRight ? [...others, exercise].sort() : others);
    this.#say();
  }

  #rest(): void {
    this.#runner.rest();
    clearTimeout(this.#patience);
    this.#current = this.#patience = undefined;
    this.#stopButton.hidden = true;
    keep(this.#path, "running", undefined);
  }

  /** Ends the worker; a new one takes over, in which nothing has run. */
  #stop(sentence: string): void {
    this.#current?.end(sentence);
    this.#rest();
    this.#runner.end();
    this.#runner = this.#newRunner();
    for (const it of this.#cells.flatMap(({ outputs }) => outputs)) delete it.run;
  }
}
