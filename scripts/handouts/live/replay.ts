/// <reference lib="dom" />
/** Replays of a page's timelines: a button below each, and the current line of each task lit in its cell. @module */
import type { ReplayData } from "../../../lib/replay/data.ts";
import { play } from "../../../lib/replay/player.js";
import { eachLane } from "../../../lib/words.ts";
import type { CellView } from "./cell_view.ts";
import { button, element } from "./element.ts";
import type { Values } from "./values.ts";

/** The open replay: that of a cell's timeline number `at`. At most one is open. */
interface Open {
  cell: CellView;
  at: number;
  step: number;
  player?: ReturnType<typeof play>;
  place?: HTMLElement;
  replay?: ReplayData;
}

/** The replays of a page. */
export class Replays {
  #open?: Open;

  /** @param run runs cells */
  constructor(
    readonly cells: CellView[],
    readonly values: Values,
    readonly run: (cells: number[]) => void,
  ) {}

  /** Puts a button below each timeline of a cell, except for those of the solutions: the reader's own run may differ. */
  offer(cell: CellView): void {
    if (cell.box.querySelector(".outputs > .solved")) return;
    timelinesOf(cell).forEach((picture, at) => {
      const press = () =>
        this.#open?.cell === cell && this.#open.at === at ? this.close() : this.open(cell, at, 1);
      const replay = button("Replay", "Replay this run step by step", press);
      picture.after(element("div", { class: "tools replay" }, replay));
    });
  }

  /** Opens the replay that an address names. */
  read(step: string): void {
    const [number, id] = step.split(".");
    const cell = this.cells.find((it) => id ? it.id === `cell-${id}` : timelinesOf(it).length > 0);
    if (!cell || !/^\d+$/.test(number) || (this.#open && step === this.#stepOf(this.#open))) return;
    if (this.#open?.cell === cell && this.#open.player) this.#open.player.go(Number(number));
    else this.open(cell, 0, Number(number));
  }

  /** Opens a replay at a step; runs the cell first, if it has not run yet. */
  open(cell: CellView, at: number, step: number): void {
    this.close();
    this.#open = { cell, at, step };
    if (replaysOf(cell)[at]) this.renew(cell);
    else this.run([cell.index]);
  }

  close(): void {
    this.#open?.place?.remove();
    this.#open = undefined;
    this.#light();
    this.values.write(undefined);
  }

  /** Draws the open replay, if it belongs to a cell that has run. */
  renew(cell: CellView): void {
    const open = this.#open;
    if (open?.cell !== cell) return;
    const [picture, replay] = [timelinesOf(cell)[open.at], replaysOf(cell)[open.at]];
    if (!picture || !replay || (replay === open.replay && open.place?.isConnected)) return;
    open.replay = replay;
    open.place?.remove();
    const copy = picture.querySelector("svg")!.cloneNode(true) as SVGElement;
    open.place = element("div", { class: "course-replay" }, copy);
    picture.nextElementSibling!.after(open.place);
    const isFirst = open.player === undefined;
    open.player = play(open.place, replay, {
      first: open.step,
      href: open.at === 0 ? (step) => this.values.addressOf(this.#stepOf({ ...open, step })) : undefined,
      onStep: (step) => {
        open.step = step;
        this.#light(replay, step);
        this.values.write(this.#stepOf(open));
      },
    });
    if (isFirst) open.player.focus();
  }

  /** Returns a step as the address has it: `14`, or `14.ID` in a cell that is not the first with a timeline. */
  #stepOf({ cell, at, step }: Open): string | undefined {
    const isFirst = this.cells.find((it) => timelinesOf(it).length > 0) === cell;
    return at > 0 ? undefined : isFirst ? `${step}` : `${step}.${cell.id.replace("cell-", "")}`;
  }

  /** Lights the lines at which tasks stand at a step, and no others. */
  #light(replay?: ReplayData, step = 1): void {
    for (const lit of document.querySelectorAll(".stands")) lit.className = "line";
    if (!replay) return;
    const { lanes, sources, frames } = replay;
    const { stands, lane: running } = frames[step - 1];
    for (const { lane, cell, line } of stands) {
      const view = this.cells.find(({ number }) => sources[cell] === `In[${number}]`);
      view?.lines[line - 1]?.classList.add("stands", lanes[lane].role, ...lane === running ? ["lit"] : []);
    }
  }
}

/** Returns the replays of a cell's timelines, once it has run. */
const replaysOf = ({ outputs }: CellView): ReplayData[] => outputs.flatMap(({ replay }) => replay ?? []);

/** Returns the timelines among a cell's outputs. */
function timelinesOf({ box }: CellView): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>(".outputs .picture")].filter((picture) =>
    picture.querySelector("desc")?.textContent.startsWith(eachLane)
  );
}
