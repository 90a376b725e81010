import type { Run, Step } from "./run.ts";
import type { Lane, Next, Queued } from "./trace.ts";
import { listOf } from "./words.ts";

/** The state of a lane at one moment. */
export interface State {
  kind: "runs" | "ready" | "sleeps" | "waits" | "done" | "none";
  text: string;
  /** The step that brought the lane into this state. */
  at?: Step;
}

/** The moment at the end of a step. */
export interface Frame {
  /** The step; undefined at the end of the run. */
  step?: Step;
  /** Seconds since the run began. */
  time: number;
  /** A state for each lane. */
  states: State[];
  /** The events, in sentences. */
  sentence: string;
}

/** The states of lanes that wait, by what they wait for. */
const WAITS: Record<Exclude<Next, "sleep" | "end">, string> = {
  get: "waits for an item",
  put: "waits for room",
  gather: "waits for tasks",
  task: "waits for a task",
  timeout: "waits for a task",
  acquire: "waits for its turn",
  external: "waits outside",
};

/** The most steps of a replay; lanes without a step among these are left out. */
const MOST = 300;

/**
 * Returns the lanes of a run, a frame for each of its first slices and, if these are all, one for the end of the run.
 * `steps` is the number of all slices.
 */
export function framesOf(run: Run, most = MOST): { lanes: Lane[]; frames: Frame[]; steps: number } {
  const { steps } = run;
  const first = steps.slice(0, Math.max(most, MOST));
  const lanes = [...new Map(first.map(({ lane, role }) => [lane, { name: lane, role }])).values()];
  const whose = lanes.filter(({ role }) => role === "producer").length > 1 ? "the queue’s " : "";
  const last = new Map<string, Step>(); // by lane
  const failed = run.trace.breaks.map(({ lane, kind }) => kind === "fails" && run.trace.lanes[lane].name);
  const frames = steps.slice(0, most).map((step, i): Frame => {
    const [previous, next] = [steps[i - 1], steps[i + 1]];
    const { lane, start, end, note, ready = [] } = step;
    const before = last.get(lane);
    const verb = !before ? "starts" : before.next === "sleep" ? "wakes" : "goes on";
    const parts = [verb, note ?? [], moved(step, whose, previous), ending(step, failed)].flat();
    const woken = ready.filter((name) =>
      !previous?.ready?.includes(name) && !/sleep|external|end/.test(last.get(name)?.next ?? "end")
    );
    const jumps = next && next.start.toFixed(2) !== end.toFixed(2);
    const sentences = [
      `${start.toFixed(2)} s: ${lane} ${listOf(parts)}.`,
      woken.length > 0 && `That wakes ${listOf(woken)}.`,
      jumps && `Nobody is ready: the clock jumps to ${next.start.toFixed(2)} s.`,
    ];
    last.set(lane, step);
    const states = lanes.map(({ name }) => name === lane ? running(step) : idle(name, last.get(name), step));
    return { step, time: start, states, sentence: sentences.filter(Boolean).join(" ") };
  });
  if (steps.length <= most) {
    const { total, error, stopped, warnings } = run;
    const end = error ?? (stopped ? "The run was stopped." : "The run is over.");
    const sentence = [`${total.toFixed(2)} s: ${end}`, ...warnings.slice(0, 3)].join(" ");
    const states = lanes.map(({ name }) => idle(name, last.get(name), { end: total, ready: [] }));
    frames.push({ time: total, states, sentence });
  }
  return { lanes, frames, steps: steps.length };
}

function running(step: Step): State {
  const [first, last = first] = [step.items[0], step.items.at(-1)];
  const idle = isLast(step) ? "ends" : step.next === "get" ? "none there" : "goes on";
  return { kind: "runs", text: step.note ?? (first === undefined ? idle : itemsOf([first, last])), at: step };
}

/** The state, at the end of a step, of a lane that did not run in it; `before` is the last step that the lane ran in. */
function idle(name: string, before: Step | undefined, { end, ready }: Pick<Step, "end" | "ready">): State {
  if (before && isLast(before)) return { kind: "done", text: "done" };
  const place = ready?.indexOf(name) ?? -1;
  const isReady = ready ? place >= 0 : before?.next !== "end" && before?.resumes === end;
  const order = (ready?.length ?? 0) > 1 ? ` (${["1st", "2nd", "3rd"][place] ?? `${place + 1}th`})` : "";
  if (isReady) return { kind: "ready", text: `ready${order}`, at: before };
  if (!before || before.next === "end") return { kind: "none", text: "" };
  const { next, resumes } = before;
  if (next !== "sleep") return { kind: "waits", text: WAITS[next], at: before };
  const until = Number.isFinite(resumes) ? ` to ${resumes.toFixed(2)}` : "";
  return { kind: "sleeps", text: `sleeps${until}`, at: before };
}

/** True if the lane ended with the step. In a program without tasks, a lane may run again after a slice that ended. */
const isLast = ({ next, resumes }: Step): boolean => next === "end" && !Number.isFinite(resumes);

/**
 * Describes what a step did with items: it put them into queues and took them out, or else generated and processed them.
 *
 * @param whose marks the numbers as the queue's, where several producers each count from 1
 */
function moved({ queues = [], items, role }: Step, whose: string, previous: Step | undefined): string[] {
  const changes = queues.flatMap(([first, last], i) => {
    const [firstBefore, lastBefore] = previous?.queues?.[i] ?? [1, 0];
    return [
      ...last > lastBefore ? [`puts ${whose}${itemsOf([lastBefore + 1, last])} in`] : [],
      ...first > firstBefore ? [`takes ${whose}${itemsOf([firstBefore, first - 1])}`] : [],
    ];
  });
  if (changes.length > 0 || items.length === 0) return changes;
  return [`${role === "producer" ? "generates" : "processes"} ${itemsOf([items[0], items.at(-1)!])}`];
}

/** Names a range of items: "item 3", "items 3 to 5". */
const itemsOf = ([first, last]: Queued): string =>
  first === last ? `item ${first}` : `items ${first} to ${last}`;

function ending(step: Step, failed: unknown[]): string {
  const { start, end, next, resumes, place } = step;
  const line = place ? ` (line ${place.line})` : "";
  if (end > start) return `blocks the thread until ${end.toFixed(2)} s${line}`;
  if (isLast(step)) return failed.includes(step.lane) ? "fails" : "is done";
  if (next === "end") return `stops${line}`;
  if (next !== "sleep") return WAITS[next] + line;
  return `sleeps${Number.isFinite(resumes) ? ` until ${resumes.toFixed(2)} s` : ""}${line}`;
}
