/// <reference lib="dom" />
/** Brings a notebook's page to life: its cells can be edited and run, and its parameters have controls. @module */
import { listOf } from "../../../lib/words.ts";
import { CellView, ownId, type Page } from "./cell_view.ts";
import type { LiveData } from "./data.ts";
import { button, element } from "./element.ts";
import { Runner, type RunnerMessage } from "./frame.ts";
import { greenOf, keep, kept, keyOf } from "./storage.ts";
import { ownName } from "./address.ts";
import { Replays } from "./replay.ts";
import { Values } from "./values.ts";

/** A live page of a notebook. */
export class LivePage implements Page {
  readonly cells: CellView[];
  readonly values: Values;
  readonly #replays: Replays;
  #runner = new Runner((heard) => this.#hear(heard));
  #keepsNothing = "";
  readonly #status = element("p", { role: "status" });

  constructor(readonly data: LiveData) {
    const { parameters, notebook } = data;
    const cells = new Map(notebook.cells.map((cell) => [`cell-${cell.id}`, cell]));
    const boxes = document.querySelectorAll<HTMLElement>(".cell:is(.code, .work):has(pre.code > code)");
    this.cells = [...boxes].filter((box) => cells.has(ownId(box)))
      .map((box, index) => new CellView(box, index, cells.get(ownId(box))!, this));
    this.values = new Values(parameters?.declared ?? [], (refused) => {
      this.run([]); // runs what depends on the values
      this.say(refused);
    });
    this.#replays = new Replays(this.cells, this.values, (cells) => this.run(cells));
    for (const cell of this.cells) this.#replays.offer(cell);
    this.cells.find(({ id }) => id === parameters?.block)?.box.prepend(this.values.row);
    document.querySelector("footer")!.after(this.#bar());
    document.documentElement.classList.add("alive");

    const interrupted = kept<string>(ownName, "running");
    keep(ownName, "running", undefined);
    for (const cell of this.cells) cell.restore();
    addEventListener("storage", ({ key }) => { // another tab has stored something
      this.cells.find(({ id }) => key === keyOf(ownName, id))?.restore();
    });
    const ended = interrupted ? `This page ended while ${interrupted} was running. ` : "";
    const here = "Your edits are here, but nothing has run yet: run all cells, or the ones you need.";
    if (ended || this.cells.some((cell) => cell.isEdited)) this.say(ended + here);
    this.keep("seen", true);
    if (!interrupted) this.#read();
    this.run([]); // compiles the cells, so that the first move of a control is as fast as the next ones
    addEventListener("hashchange", () => this.#read());
    addEventListener("pagehide", () => keep(ownName, "running", undefined));
  }

  #bar(): HTMLElement {
    const stop = () => this.#stop("Stopped.");
    const runAll = () => {
      stop();
      this.run([...this.cells.keys()]);
    };
    const resetValues = () => this.values.take([]);
    const resetAll = () => {
      resetValues();
      for (const cell of this.cells.filter(({ isEdited }) => isEdited)) cell.reset();
    };
    return element(
      "section",
      { class: "bar", "aria-label": "Run" },
      button("Run all", "Run all cells, from the start", runAll),
      button("Stop", "Stop the running cells", stop),
      button("Reset values", "Reset values of all parameters to the notebook’s own", resetValues, "chosen"),
      button("Reset all", "Reset all cells and values to the notebook’s own", resetAll, "edited"),
      button("Download", "Download this page as a notebook, with your edits", () => this.#download()),
      this.#status,
    );
  }

  #download(): void {
    const json = JSON.stringify(this.data.notebook, null, 1);
    const href = `data:application/x-ipynb+json,${encodeURIComponent(json)}`;
    const name = decodeURIComponent(ownName.split(/[#/]/).at(-1)!).replace(/(\.html)?$/, ".ipynb");
    element("a", { href, download: name }).click();
  }

  // ---- Status and storage

  /** Shows a sentence in the status line, with those that still hold. */
  say(sentence = ""): void {
    const green = greenOf(ownName);
    const open = this.data.exercises.filter((it) => !green.includes(it));
    const values = this.values.sentence;
    const unsolved = values && open.length > 0
      ? `Not solved yet: ${listOf(open)}. Outputs that depend on this show what your code does so far.`
      : "";
    this.#status.textContent = [sentence, values, unsolved, this.#keepsNothing].filter(Boolean).join(" ");
  }

  keep(what: string, value: unknown): void {
    if (keep(ownName, what, value) || this.#keepsNothing) return;
    this.#keepsNothing = "This browser does not keep your edits: its storage is full or blocked. " +
      "Download the page to keep them.";
    this.say();
  }

  drawn(cell: CellView, isNew: boolean): void {
    if (isNew) this.#replays.offer(cell);
    this.#replays.renew(cell);
  }

  /** Reads the values and the step of a replay from the address. */
  #read(): void {
    const step = this.values.read();
    if (step) this.#replays.read(step);
  }

  // ---- Running

  run(asked: number[]): void {
    for (const index of asked) {
      this.cells[index].openAnswer();
      this.cells[index].hear({ kind: "wait", cell: index }); // the worker may be too busy to say so
    }
    const chosen = Object.fromEntries(this.values.chosen.map(({ name, value }) => [name, value]));
    const cells = this.cells.map(({ id, number, cell: { source, metadata } }) => ({
      source,
      number,
      values: id === this.data.parameters?.block ? chosen : {},
      takesTime: metadata.tags?.includes("real-time") ?? false,
    }));
    this.#runner.run({ cells, run: asked });
  }

  #hear(heard: RunnerMessage): void {
    if (heard.kind === "checked") {
      const others = greenOf(ownName).filter((it) => it !== heard.exercise);
      this.keep("green", heard.isRight ? [...others, heard.exercise].sort() : others);
      this.say();
    } else if (heard.kind === "lost") {
      const { last } = heard;
      const sentence = last.kind === "tried"
        ? `Exercise ${last.exercise}, not yet: the answer was still running after five seconds and was ended. ` +
          "Look here: a loop needs a condition that ends it, or an await that really waits."
        : "The code ran out of memory, or replaced what the page itself needs, and was ended.";
      if (last.kind === "tried") this.#hear({ ...last, kind: "checked", isRight: false });
      this.#stop(sentence);
      this.say(sentence);
    } else if ("cell" in heard) {
      const cell = this.cells[heard.cell];
      if (!/wait|output/.test(heard.kind)) {
        keep(ownName, "running", heard.kind === "start" ? cell.name : undefined);
      }
      cell.hear(heard);
    }
  }

  /** Ends the worker and starts a new one, in which nothing has run. */
  #stop(sentence: string): void {
    for (const { box, index } of this.cells.filter(({ box }) => box.matches(".running, .waiting"))) {
      const notRun = "Not run: the run ended first. Any output here is from an earlier run.";
      const why = box.matches(".running") ? sentence : notRun;
      this.#hear({ kind: "skip", cell: index, why, keeps: true });
    }
    this.#runner.end();
    this.#runner = new Runner((heard) => this.#hear(heard));
  }
}
