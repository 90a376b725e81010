import * as Plot from "@observablehq/plot";
import { checkWhole } from "../arguments.ts";
import type { Showable } from "../display.ts";
import { checkRun, type Run, type Step } from "../run.ts";
import type { Next } from "../trace.ts";
import { count } from "../words.ts";
import { figure, frame, type PlotOptions } from "./figure.ts";
import { palette } from "./palette.ts";

/** The number of steps beside each other. */
const COLUMNS = 6;
const MARGIN_RIGHT = 12;

/** Which steps are drawn. */
export interface StepsOptions extends PlotOptions {
  /** The first of them, from 1 on. */
  from?: number;
  /** How many. */
  count?: number;
}

/** What a lane waits for, in words. */
const WAITS: Partial<Record<Next, string>> = {
  get: "waits for an item",
  put: "waits for room",
  gather: "waits for tasks",
  task: "waits for a task",
  external: "waits outside",
};

/** A lane at one step: what it does, in words; `runs` if it has the thread. */
interface Cell {
  step: number;
  lane: string;
  text: string;
  runs: boolean;
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
  const shown = all.slice(from - 1, from - 1 + most);
  const lanes = run.lanes.filter(({ slices }) => slices.length > 0);
  const cells = shown.flatMap((_, i) =>
    lanes.map(({ name }): Cell => ({ step: from + i, lane: name, ...stateOf(name, all, from - 1 + i) }))
  );
  const rows = Array.from({ length: Math.ceil(shown.length / COLUMNS) }, (_, i) => i * COLUMNS);
  return figure({
    title: title ?? "One thread: it is in one lane at a time",
    subtitle: `Steps ${from} to ${from + shown.length - 1} of ${all.length}, in order. ` +
      "The bold line is the thread; it runs from one await to the next.",
    alt: shown.map((step, i) => sentence(step, from + i, cells)).join(" "),
    legend: [
      { label: "runs (generates)", shape: "bar", ink: palette.producer },
      { label: "runs (processes)", shape: "bar", ink: palette.consumer },
      { label: "the thread", shape: "line", ink: palette.text },
    ],
    panels: rows.map((at) =>
      panel(shown.slice(at, at + COLUMNS), from + at, lanes.map(({ name }) => name), cells, all)
    ),
  });
}

/** What the lane `name` does at the step `at`. */
function stateOf(name: string, all: Step[], at: number): Pick<Cell, "text" | "runs"> {
  const step = all[at];
  if (step.lane === name) {
    const idle = step.next === "end" ? "ends" : step.next === "get" ? "none there" : "goes on";
    return {
      runs: true,
      text: step.items.length > 0 ? step.items.map((item) => `item ${item}`).join(", ") : idle,
    };
  }
  const before = all.findLast((other, i) => i < at && other.lane === name);
  if (!before) return { runs: false, text: "ready" };
  if (before.next === "end") return { runs: false, text: "done" };
  if (before.resumes === step.end) return { runs: false, text: "ready" };
  const until = Number.isFinite(before.resumes) ? ` to ${before.resumes.toFixed(2)}` : "";
  return { runs: false, text: before.next === "sleep" ? `sleeps${until}` : WAITS[before.next] ?? "waits" };
}

function sentence({ lane, start, next, resumes, waiting }: Step, number: number, cells: Cell[]): string {
  const at = cells.filter(({ step }) => step === number);
  const done = at.find(({ runs }) => runs)!.text;
  const then = next === "end"
    ? "it is done"
    : next === "sleep"
    ? `it sleeps until ${resumes.toFixed(2)} s`
    : `it ${WAITS[next] ?? "waits"}`;
  const others = at.filter(({ runs }) => !runs).map(({ lane, text }) => `${lane} ${text}`).join(", ");
  return `${start.toFixed(2)} s: ${lane} runs (${done}), then ${then}; ${others}. In the queue: ${
    count(waiting, "item")
  }.`;
}

/** Draws some steps beside each other. */
function panel(steps: Step[], from: number, lanes: string[], cells: Cell[], all: Step[]): Plot.PlotOptions {
  const columns = Array.from({ length: COLUMNS }, (_, i) => from + i);
  const here = cells.filter(({ step }) => columns.includes(step));
  const running = here.filter(({ runs }) => runs);
  const roleOf = new Map(all.map(({ lane, role }) => [lane, role]));
  const queue = "in the queue";
  const at = { x: "step", y: "lane" } as const;
  const second = (number: number) => {
    const [before, { start }] = [all[number - 2], all[number - 1]];
    const jump = before && start > before.start ? ` (+${(start - before.start).toFixed(2)})` : "";
    return `${start.toFixed(2)} s${jump}`;
  };
  return {
    height: 36 * (lanes.length + 1) + 44,
    marginTop: 30,
    marginRight: MARGIN_RIGHT,
    marginBottom: 14,
    x: {
      type: "band",
      domain: columns,
      label: null,
      axis: "top",
      tickSize: 0,
      tickFormat: (number: number) => number - from < steps.length ? second(number) : "",
      paddingInner: 0.06,
      paddingOuter: 0,
    },
    y: { type: "band", domain: [...lanes, queue], label: null, tickSize: 0, padding: 0.22 },
    marks: [
      Plot.ruleY([queue], { y: (it) => it, stroke: palette.line.light, strokeOpacity: 0 }),
      Plot.line(running, { ...at, curve: "step", stroke: palette.text.light, strokeWidth: 3 }),
      Plot.cell(running, {
        ...at,
        fill: ({ lane }: Cell) => palette[roleOf.get(lane)!].light,
        stroke: palette.text.light,
        strokeWidth: 2,
        rx: 4,
      }),
      Plot.text(running, { ...at, text: "text", fill: palette.paper.light, fontWeight: 650, fontSize: 11 }),
      Plot.text(here.filter(({ runs }) => !runs), {
        ...at,
        text: "text",
        fontSize: 10.5,
        fill: ({ text }: Cell) => text === "ready" ? palette.text.light : palette.quiet.light,
        fontWeight: 400,
      }),
      Plot.text(steps.map(({ waiting }, i) => ({ step: from + i, lane: queue, text: String(waiting) })), {
        ...at,
        text: "text",
        fontSize: 11,
        fill: palette.quiet.light,
      }),
    ],
    width: frame.width,
  };
}
