import * as Plot from "@observablehq/plot";
import { checkWhole } from "../arguments.ts";
import type { Showable } from "../display.ts";
import { framesOf, type State } from "../frames.ts";
import { checkRun, type Run } from "../run.ts";
import { type Queued, type Role, ROLES } from "../trace.ts";
import { figure, type PlotOptions } from "./figure.ts";
import { palette } from "./palette.ts";

/** The number of steps beside each other. */
const COLUMNS = 6;

/** The words for a lane that has the thread, by its role. */
const RUNS = { producer: "runs (generates)", consumer: "runs (processes)", other: "runs" };

/** Which steps are drawn. */
export interface StepsOptions extends PlotOptions {
  /** The first of them, from 1 on. */
  from?: number;
  /** How many. */
  count?: number;
}

/** A lane at one step, and the line at which it stands. */
interface Cell extends State {
  step: number;
  lane: string;
  role: Role;
  line: string;
}

/** A step: its number, its time and the time since the one before, its lanes, and what is in the queue. */
type Column = { step: number; time: string; cells: Cell[]; queued: string };

/** The row of the queue. */
const QUEUE = "in the queue";

/**
 * Draws slices one after another: who has the thread, who is ready, who sleeps until when and who waits for what, and the
 * line at which each stands. It is a picture of order; the seconds stand above.
 *
 * @returns a plot for `show(…)`
 * @throws {LessonError} if it is given anything but a run, or a number of a step below 1
 */
export function steps(run: Run, options: StepsOptions = {}): Showable {
  checkRun("draw", run);
  const { title, from = 1, count: most = 2 * COLUMNS } = options;
  checkWhole("the first step", from, 1);
  checkWhole("the number of steps", most, 1, 60);
  const { lanes, frames, steps } = framesOf(run, from - 1 + most);
  const shown = frames.slice(from - 1, from - 1 + most).filter(({ step }) => step);
  const columns = shown.map(({ step: { queues, waiting } = {}, states, time }, i): Column => {
    const step = from + i;
    const jump = time - (frames[step - 2]?.time ?? time);
    return {
      step,
      time: `${time.toFixed(2)} s${jump > 0 ? ` (+${jump.toFixed(2)})` : ""}`,
      cells: states.map((it, i) => ({
        ...it,
        step,
        lane: lanes[i].name,
        role: lanes[i].role,
        line: lineOf(it),
      })),
      queued: queues?.map(itemNumbers).join(" ") ?? String(waiting),
    };
  });
  const rows = [...lanes.map(({ name }) => name), ...run.depth.length > 0 ? [QUEUE] : []]; // a program may have none
  const starts = columns.filter((_, i) => i % COLUMNS === 0);
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
    panels: starts.map(({ step }) => panel(columns.slice(step - from, step - from + COLUMNS), rows)),
  });
}

/** The line at which a lane stands, with the call if it runs up to it: `8: sleep(0.71)`. */
function lineOf({ kind, at }: State): string {
  if (!at?.place) return "";
  const { place: { line }, next, resumes, end } = at;
  if (kind !== "runs") return `line ${line}`;
  const seconds = next === "sleep" && Number.isFinite(resumes) ? (resumes - end).toFixed(2) : "";
  return next === "end" ? `line ${line}` : `${line}: ${next}(${seconds})`;
}

/** The items of a queue by their numbers: `[3]`, `[3 … 7]`. */
function itemNumbers([first, last]: Queued): string {
  return `[${
    last < first ? "" : last === first ? first : `${first}${last > first + 1 ? " … " : ", "}${last}`
  }]`;
}

/** Draws some steps beside each other. */
function panel(columns: Column[], rows: string[]): Plot.PlotOptions {
  const from = columns[0].step;
  const cells = columns.flatMap(({ cells }) => cells);
  const running = cells.filter(({ kind }) => kind === "runs");
  const others = cells.filter(({ kind }) => kind !== "runs");
  const queue = rows.filter((name) => name === QUEUE);
  const waiting = queue.flatMap((lane) => columns.map(({ step, queued }) => ({ step, lane, text: queued })));
  const at = { x: "step", y: "lane" } as const;
  const words = { ...at, text: "text", fontSize: 11 } as const;
  const line = { ...at, text: "line", fontSize: 10, dy: 8 } as const;
  const ink = ({ role }: Cell) => palette[role].light;
  const grey = ({ kind }: Cell) => palette[kind === "ready" ? "text" : "quiet"].light;
  return {
    ...{ height: 44 * rows.length + 44, marginTop: 30, marginRight: 12, marginBottom: 14 },
    x: {
      type: "band",
      domain: Array.from({ length: COLUMNS }, (_, i) => from + i),
      label: null,
      axis: "top",
      tickSize: 0,
      tickFormat: (number: number) => columns[number - from]?.time ?? "",
      paddingInner: 0.06,
      paddingOuter: 0,
    },
    y: { type: "band", domain: rows, label: null, tickSize: 0, padding: 0.22 },
    marks: [
      Plot.ruleY(queue, { y: (it) => it, stroke: palette.line.light, strokeOpacity: 0 }),
      Plot.line(running, { ...at, curve: "step", stroke: palette.text.light, strokeWidth: 3 }),
      Plot.cell(running, { ...at, fill: ink, stroke: palette.text.light, strokeWidth: 2, rx: 4 }),
      Plot.text(running, { ...words, dy: -6, fill: palette.paper.light, fontWeight: 650 }),
      Plot.text(running, { ...line, fill: palette.paper.light }),
      Plot.text(others, { ...words, dy: -6, fontSize: 10.5, fill: grey }),
      Plot.text(others, { ...line, fill: palette.quiet.light }),
      Plot.text(waiting, { ...words, fill: palette.quiet.light }),
    ],
  };
}
