/// <reference lib="dom" />
/** Replays of a page's timelines: a button below each, and each task's line lit in its own cell. @module */
import type { ReplayData } from "../../../lib/replay/data.ts";
import { play } from "../../../lib/replay/player.js";
import { eachLane } from "../../../lib/words.ts";
import type { Told } from "./engine.ts";
import type { CellView } from "./cell_view.ts";
import { button, element } from "./element.ts";

/** What the page does for its replays. */
export interface ReplayPage {
  cells: CellView[];
  /** Runs a cell. */
  run(cell: number): void;
  /** Asks the worker for the replay of a run. */
  ask(cell: number, run: number): void;
  /** Returns the address of a step. */
  address(step: string): string;
  /** Keeps the step that is shown in the address. */
  keep(step: string | undefined): void;
}

/** The replay that is open: that of a cell's timeline, by its number in the cell. One is open at a time. */
interface Open {
  cell: CellView;
  at: number;
  step: number;
  player?: ReturnType<typeof play>;
  place?: HTMLElement;
  shown?: string;
}

/** The replays of a page. */
export class Replays {
  #open?: Open;

  constructor(readonly page: ReplayPage) {}

  /** The step that is shown, as the address has it: `14`, or `14.ID` in a cell that is not the first with a timeline. */
  get step(): string | undefined {
    return this.#open && this.#stepOf(this.#open.cell, this.#open.step);
  }

  /** Puts a button below each timeline of a cell, but for those of the solutions: the reader's own run may be another. */
  offer(cell: CellView): void {
    if (cell.box.querySelector(".outputs > .solved")) return;
    timelinesOf(cell).forEach((picture, at) => {
      const open = () =>
        this.#open?.cell === cell && this.#open.at === at ? this.close() : this.open(cell, at, 1);
      picture.after(
        element("div", { class: "tools replay" }, button("Replay", "Replay this run step by step", open)),
      );
    });
  }

  /** Shows the replay that is open anew, where the cell has run again. */
  renew(cell: CellView): void {
    if (this.#open?.cell === cell) this.#ask();
  }

  /** Opens the replay that an address names. */
  read(step: string): void {
    const [number, id] = step.split(".");
    const cell = this.page.cells.find((it) => id ? it.id === `cell-${id}` : timelinesOf(it).length > 0);
    if (!cell || step === this.step || !/^\d+$/.test(number)) return;
    if (this.#open?.cell === cell && this.#open.player) this.#open.player.go(Number(number));
    else this.open(cell, 0, Number(number));
  }

  /** Opens a replay at a step; the cell is run for it, if it has not run yet. */
  open(cell: CellView, at: number, step: number): void {
    this.close();
    this.#open = { cell, at, step };
    if (!this.#ask()) this.page.run(cell.index);
  }

  close(): void {
    this.#open?.place?.remove();
    this.#open = undefined;
    this.#light([]);
    this.page.keep(undefined);
  }

  #ask(): boolean {
    const { cell, at } = this.#open!;
    const runs = cell.outputs.flatMap((it) => it.run === undefined ? [] : [it.run]);
    if (runs[at] !== undefined) this.page.ask(cell.index, runs[at]);
    return runs[at] !== undefined;
  }

  /** Takes the replay that the worker tells. */
  hear({ cell, replay }: Extract<Told, { kind: "replay" }>): void {
    const open = this.#open;
    const picture = open && timelinesOf(open.cell)[open.at];
    if (!open || !replay || !picture || open.cell.index !== cell) return;
    const shown = JSON.stringify(replay);
    if (shown === open.shown && open.place?.isConnected) return;
    open.shown = shown;
    open.place?.remove();
    const copy = picture.querySelector("svg")!.cloneNode(true) as SVGElement;
    open.place = element("div", { class: "course-replay" }, copy);
    picture.nextElementSibling!.after(open.place);
    const isFirst = open.player === undefined;
    open.player = play(open.place, replay, {
      first: open.step,
      href: open.at === 0 ? (step) => this.page.address(this.#stepOf(open.cell, step)) : undefined,
      onStep: (step) => {
        open.step = step;
        this.#light(marksOf(replay, step));
        this.page.keep(open.at === 0 ? this.step : undefined);
      },
    });
    if (isFirst) open.player.focus();
  }

  #stepOf({ box, id }: CellView, step: number): string {
    const isFirst = this.page.cells.find((it) => timelinesOf(it).length > 0)?.box === box;
    return isFirst ? String(step) : `${step}.${id.replace("cell-", "")}`;
  }

  /** Lights lines of cells, and no others. */
  #light(marks: Mark[]): void {
    for (const lit of document.querySelectorAll(".stands")) {
      if (lit.matches(".line")) lit.classList.remove("stands", "lit", "producer", "consumer", "other");
      else lit.remove();
    }
    for (const { source, line, classes } of marks) {
      const code = this.page.cells.find(({ number }) => source === `In[${number}]`)?.code;
      const editor = code?.querySelector(".editor");
      if (editor) editor.prepend(element("div", { class: classes, style: `--line-number:${line - 1}` }));
      else code?.querySelectorAll(".line")[line - 1]?.classList.add(...classes.split(" "));
    }
  }
}

/** A line at which a task stands. */
interface Mark {
  source: string;
  line: number;
  classes: string;
}

/** The lines at which tasks stand at a step; that of the one which runs is the last, so that it is seen. */
function marksOf({ frames, lanes, code }: ReplayData, step: number): Mark[] {
  const { stands, lane } = frames[step - 1];
  return stands.flatMap((stand, i) => {
    if (!stand) return [];
    const classes = `stands ${lanes[i].role}${i === lane ? " lit" : ""}`;
    return [{ source: code[stand.code].source, line: stand.line, classes }];
  });
}

/** The timelines among a cell's outputs. */
function timelinesOf({ box }: CellView): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>(".outputs .picture")].filter((picture) =>
    picture.querySelector("desc")?.textContent.startsWith(eachLane)
  );
}
