import * as Plot from "@observablehq/plot";
import { checkWhole } from "../arguments.ts";
import type { Showable } from "../display.ts";
import { framesOf, type State } from "../frames.ts";
import { checkRun, type Run } from "../run.ts";
import { type Lane, type Queued, ROLES } from "../trace.ts";
import { bands, figure, type PlotOptions, shortened } from "./figure.ts";
import { palette } from "./palette.ts";

/** The number of steps in a row. */
const COLUMNS = 6;

/** The legend's words for a lane that has the thread, by its role. */
const RUNS = { producer: "runs (generates)", consumer: "runs (processes)", other: "runs" };

/** The steps to draw. */
export interface StepsOptions extends PlotOptions {
  /** The first step, from 1. */
  from?: number;
  /** The number of steps. */
  count?: number;
}

/** The name of the queue's row. */
const QUEUE = "in the queue";

/**
 * Draws slices in order, each as wide as the others: who has the thread, who is ready, who sleeps until when, who waits for
 * what, and the current line of each task. The seconds are written above.
 *
 * @returns a plot for `show(…)`
 * @throws {LessonError} if `run` is not a run, or a step's number is below 1
 */
export function steps(run: Run, options: StepsOptions = {}): Showable {
  checkRun("draw", run);
  const { title, from = 1, count: most = 2 * COLUMNS } = options;
  checkWhole("the first step", from, 1);
  checkWhole("the number of steps", most, 1, 60);
  const { lanes, frames, steps } = framesOf(run, from - 1 + most);
  const shown = frames.slice(from - 1).filter(({ step }) => step);
  const cells = shown.flatMap(({ states }, i) =>
    states.map((state, at) => ({ ...lanes[at], ...state, step: from + i, line: lineOf(state) }))
  );
  const queue = run.depth.length > 0 ? [QUEUE] : []; // a program may have none
  const waiting = queue.flatMap((name) =>
    shown.map(({ step: { queues, waiting } = {} }, i) => ({
      name,
      step: from + i,
      text: queues?.map(itemNumbers).join(" ") ?? String(waiting),
    }))
  );
  const times = shown.map(({ time }, i) => {
    const jump = (time - (frames[from + i - 2]?.time ?? time)).toFixed(2);
    return `${time.toFixed(2)} s${jump === "0.00" ? "" : ` (+${jump})`}`;
  });
  const running = cells.filter(({ kind }) => kind === "runs");
  const others = cells.filter(({ kind }) => kind !== "runs");
  const at = { x: "step", y: "name" } as const;
  const two = { ...at, lineHeight: 1.3 } as const; // a single line is centred
  const text = ({ kind, text, line }: typeof cells[0]) =>
    shortened(text, kind === "runs" ? 15 : 18) + (line && "\n"); // those that run are bold
  const words = { ...two, text } as const;
  const line = { ...two, text: ({ line }: typeof cells[0]) => line && `\n${line}`, fontSize: 10 } as const;
  const ink = ({ role }: Lane) => palette[role].light;
  const grey = ({ kind }: State) => palette[kind === "ready" ? "text" : "quiet"].light;
  const marks = [
    Plot.line(running, { ...at, curve: "step", stroke: palette.text.light, strokeWidth: 3 }),
    Plot.cell(running, { ...at, fill: ink, stroke: palette.text.light, strokeWidth: 2, rx: 4 }),
    Plot.text(running, { ...words, fontSize: 11, fill: palette.paper.light, fontWeight: 650 }),
    Plot.text(running, { ...line, fill: palette.paper.light }),
    Plot.text(others, { ...words, fontSize: 10.5, fill: grey }),
    Plot.text(others, { ...line, fill: palette.quiet.light }),
    Plot.text(waiting, { ...at, text: "text", fontSize: 11, fill: palette.quiet.light }),
  ];
  const rows = [...lanes.map(({ name }) => name), ...queue];
  // Every panel has all marks, and draws the steps in its own columns.
  const columns = (row: number) => Array.from({ length: COLUMNS }, (_, at) => from + row * COLUMNS + at);
  const time = (step: number) => times[step - from] ?? "";
  const panels = Array.from({ length: Math.ceil(shown.length / COLUMNS) }, (_, row) => ({
    ...{ height: 44 * rows.length + 44, marginTop: 30, marginRight: 12, marginBottom: 14 },
    x: { ...bands(columns(row), 0.06, time), paddingOuter: 0, axis: "top" as const },
    y: bands(rows, 0.22),
    marks,
  }));
  return figure({
    title: title ?? "One thread: it is in one lane at a time",
    subtitle: `Steps ${from} to ${from + shown.length - 1} of ${steps}, in order. ` +
      "The bold line is the thread; it runs from one await to the next. Small: the line at which a task stands.",
    alt: shown.map(({ sentence }) => sentence).join(" "),
    legend: [
      ...ROLES.map((role) => ({
        ...{ label: RUNS[role], shape: "bar" as const, ink: palette[role] },
        rows: lanes.filter((lane) => lane.role === role),
      })),
      { label: "the thread", shape: "line", ink: palette.text },
    ],
    panels,
  });
}

/** The line at which a lane stands; for a lane that runs, with the call that ends its slice: `8: sleep(0.71)`. */
function lineOf({ kind, at }: State): string {
  if (!at?.place) return "";
  const { place: { line }, next, resumes, end } = at;
  if (kind !== "runs") return `line ${line}`;
  const seconds = next === "sleep" && Number.isFinite(resumes) ? (resumes - end).toFixed(2) : "";
  return next === "end" ? `line ${line}` : `${line}: ${next}(${seconds})`;
}

/** The items of a queue by their numbers: `[3]`, `[3 … 7]`. */
function itemNumbers([first, last]: Queued): string {
  if (last <= first) return `[${last < first ? "" : first}]`;
  return `[${first}${last > first + 1 ? " … " : ", "}${last}]`;
}
