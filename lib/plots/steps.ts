import * as Plot from "@observablehq/plot";
import { checkWhole } from "../arguments.ts";
import type { Showable } from "../display.ts";
import { checkRun, type Run, type Step } from "../run.ts";
import type { Next, Role } from "../trace.ts";
import { count } from "../words.ts";
import { figure, type PlotOptions } from "./figure.ts";
import { palette } from "./palette.ts";

/** The number of steps beside each other. */
const COLUMNS = 6;

/** Which steps are drawn. */
export interface StepsOptions extends PlotOptions {
  /** The first of them, from 1 on. */
  from?: number;
  /** How many. */
  count?: number;
}

/** The words for what a lane waits for. */
const WAITS: Record<Exclude<Next, "sleep" | "end">, string> = {
  get: "waits for an item",
  put: "waits for room",
  gather: "waits for tasks",
  task: "waits for a task",
  timeout: "waits for a task",
  acquire: "waits for its turn",
  external: "waits outside",
};

/** A lane at one step: what it does, in words; `runs` if it has the thread. */
interface Cell {
  step: number;
  lane: string;
  role: Role;
  text: string;
  runs: boolean;
}

/** A step by its number, with its time in words and a cell for each lane. */
interface Shown extends Step {
  number: number;
  second: string;
  cells: Cell[];
}

/**
 * Draws slices one after another: who has the thread, who is ready, who sleeps until when and who waits for what. It is a
 * picture of order; the seconds stand above.
 *
 * @returns a plot for `show(…)`
 * @throws {LessonError} if it is given anything but a run, or a number of a step below 1
 */
export function steps(run: Run, options: StepsOptions = {}): Showable {
  checkRun("draw", run);
  const { title, from = 1, count: most = 2 * COLUMNS } = options;
  checkWhole("the first step", from, 1);
  checkWhole("the number of steps", most, 1, 60);
  const all = run.steps;
  const lanes = run.lanes.filter(({ slices }) => slices.length > 0);
  const shown = all.slice(from - 1, from - 1 + most).map((step, i): Shown => {
    const number = from + i;
    const cells = lanes.map(({ name, role }) => ({
      step: number,
      lane: name,
      role,
      ...stateOf(name, all, number),
    }));
    return { ...step, number, second: secondOf(step, all[number - 2]), cells };
  });
  const rows = Array.from({ length: Math.ceil(shown.length / COLUMNS) }, (_, i) => i * COLUMNS);
  return figure({
    title: title ?? "One thread: it is in one lane at a time",
    subtitle: `Steps ${from} to ${from + shown.length - 1} of ${all.length}, in order. ` +
      "The bold line is the thread; it runs from one await to the next.",
    alt: shown.map(sentence).join(" "),
    legend: [
      { label: "runs (generates)", shape: "bar", ink: palette.producer },
      { label: "runs (processes)", shape: "bar", ink: palette.consumer },
      { label: "the thread", shape: "line", ink: palette.text },
    ],
    panels: rows.map((at) => panel(shown.slice(at, at + COLUMNS), lanes.map(({ name }) => name))),
  });
}

function secondOf({ start }: Step, before?: Step): string {
  const jump = before && start > before.start ? ` (+${(start - before.start).toFixed(2)})` : "";
  return `${start.toFixed(2)} s${jump}`;
}

/** Returns what the lane `name` does at the step `number`. */
function stateOf(name: string, all: Step[], number: number): Pick<Cell, "text" | "runs"> {
  const step = all[number - 1];
  if (step.lane === name) {
    const idle = step.next === "end" ? "ends" : step.next === "get" ? "none there" : "goes on";
    return { runs: true, text: step.items.map((item) => `item ${item}`).join(", ") || idle };
  }
  const before = all.findLast(({ lane }, i) => i < number - 1 && lane === name);
  return { runs: false, text: idleText(before, step.end) };
}

function idleText(before: Step | undefined, now: number): string {
  if (before?.next === "end") return "done";
  if (!before || before.resumes === now) return "ready";
  if (before.next !== "sleep") return WAITS[before.next];
  return Number.isFinite(before.resumes) ? `sleeps to ${before.resumes.toFixed(2)}` : "sleeps";
}

function sentence({ lane, start, next, resumes, waiting, cells }: Shown): string {
  const done = cells.find(({ runs }) => runs)!.text;
  const then = next === "end"
    ? "is done"
    : next === "sleep"
    ? `sleeps until ${resumes.toFixed(2)} s`
    : WAITS[next];
  const others = cells.filter(({ runs }) => !runs).map(({ lane, text }) => `${lane} ${text}`).join(", ");
  const queue = `In the queue: ${count(waiting, "item")}.`;
  return `${start.toFixed(2)} s: ${lane} runs (${done}), then it ${then}; ${others}. ${queue}`;
}

/** Draws some steps beside each other. */
function panel(steps: Shown[], lanes: string[]): Plot.PlotOptions {
  const from = steps[0].number;
  const cells = steps.flatMap(({ cells }) => cells);
  const running = cells.filter(({ runs }) => runs);
  const queue = "in the queue";
  const waiting = steps.map(({ number, waiting }) => ({ step: number, lane: queue, text: String(waiting) }));
  const at = { x: "step", y: "lane" } as const;
  const words = { ...at, text: "text", fontSize: 11 } as const;
  return {
    height: 36 * (lanes.length + 1) + 44,
    marginTop: 30,
    marginRight: 12,
    marginBottom: 14,
    x: {
      type: "band",
      domain: Array.from({ length: COLUMNS }, (_, i) => from + i),
      label: null,
      axis: "top",
      tickSize: 0,
      tickFormat: (number: number) => steps[number - from]?.second ?? "",
      paddingInner: 0.06,
      paddingOuter: 0,
    },
    y: { type: "band", domain: [...lanes, queue], label: null, tickSize: 0, padding: 0.22 },
    marks: [
      Plot.ruleY([queue], { y: (it) => it, stroke: palette.line.light, strokeOpacity: 0 }),
      Plot.line(running, { ...at, curve: "step", stroke: palette.text.light, strokeWidth: 3 }),
      Plot.cell(running, {
        ...at,
        fill: ({ role }: Cell) => palette[role].light,
        stroke: palette.text.light,
        strokeWidth: 2,
        rx: 4,
      }),
      Plot.text(running, { ...words, fill: palette.paper.light, fontWeight: 650 }),
      Plot.text(cells.filter(({ runs }) => !runs), {
        ...words,
        fontSize: 10.5,
        fill: ({ text }: Cell) => palette[text === "ready" ? "text" : "quiet"].light,
        fontWeight: 400,
      }),
      Plot.text(waiting, { ...words, fill: palette.quiet.light }),
    ],
  };
}
