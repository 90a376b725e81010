import { type Frame, framesOf, type State } from "../frames.ts";
import { host } from "../host/host.ts";
import type { Place } from "../place.ts";
import { palette } from "../plots/palette.ts";
import type { Run, Step } from "../run.ts";
import { type Lane, type Queued, ROLES } from "../trace.ts";
import css from "./player.css" with { type: "text" };

/** A lane at one moment: the code and the line at which it stands, if they are known. */
export interface ReplayState extends Pick<State, "kind" | "text"> {
  code?: number;
  line?: number;
}

/** A moment of a replay: the end of a step, or of the run. */
export interface ReplayFrame extends Pick<Frame, "time" | "sentence">, Required<Pick<Step, Kept>> {
  /** The number of the lane that runs, and what it does next; undefined at the end of the run. */
  lane?: number;
  then: State["kind"];
  /** A state for each lane. */
  states: ReplayState[];
  /** The names of the tasks that sleep, with the second at which each wakes: the first comes first. */
  sleepers: string[];
}

type Kept = "end" | "ready" | "queues" | "printed";

/** A piece of the program, whose first line has a number. */
export interface ReplayCode {
  source: string;
  first: number;
  lines: string[];
}

/** All that the player needs: what a notebook's output holds, and a page's worker hands to its page. */
export interface ReplayData {
  name: string;
  lanes: Lane[];
  code: ReplayCode[];
  frames: ReplayFrame[];
  style: string;
}

/** Returns what the player needs, of the first few hundred steps of a run. */
export function replayData(run: Run): ReplayData {
  const { lanes, frames } = framesOf(run);
  const code: ReplayCode[] = [];
  const stateOf = ({ kind, text, at }: State): ReplayState => {
    const piece = at?.place && pieceOf(at.place, code);
    return piece === undefined ? { kind, text } : { kind, text, code: piece, line: at!.place!.line };
  };
  let queues: Queued[] = [];
  const more = frames.at(-1)!.step ? ` The replay ends here, with the first ${frames.length} steps.` : "";
  return {
    name: run.name,
    lanes: lanes.slice(0, MOST_LANES),
    frames: frames.map(({ step, time, sentence, states }, i) => ({
      ...{ time, end: step?.end ?? time, sentence: i + 1 < frames.length ? sentence : sentence + more },
      ...step && { lane: lanes.findIndex(({ name }) => name === step.lane) },
      then: step?.next === "sleep" ? "sleeps" : step?.next === "end" ? "none" : "waits",
      states: states.slice(0, MOST_LANES).map(stateOf),
      ready: step?.ready ?? [],
      sleepers: sleepersOf(states, lanes, time),
      queues: queues = step?.queues ?? queues,
      printed: step?.printed ?? [],
    })),
    code,
    style: css + style,
  };
}

const MOST_LANES = 12;

/** The course's colours, by name, and those of each role. */
const style =
  `.course-replay,.stands{${
    Object.entries(palette).map(([name, { light, dark }]) => `--${name}:light-dark(${light},${dark})`).join(
      ";",
    )
  }}` +
  ROLES.map((role) => `.${role}:is(.course-replay *,.stands){--ink:var(--${role});--pale:var(--${role}Pale)}`)
    .join("");

function sleepersOf(states: State[], lanes: Lane[], now: number): string[] {
  return states.map(({ at }, i) => ({ name: lanes[i].name, at }))
    .filter(({ at }) => at?.next === "sleep" && at.resumes > now)
    .sort((a, b) => a.at!.resumes - b.at!.resumes).slice(0, MOST_LANES)
    .map(({ name, at }) => `${name} ${at!.resumes.toFixed(2)}`);
}

/** The number of the piece of code in which a place lies; it is added where it is not there yet. */
function pieceOf({ source, line }: Place, code: ReplayCode[]): number | undefined {
  const known = code.findIndex((it) =>
    it.source === source && it.first <= line && line < it.first + it.lines.length
  );
  if (known >= 0) return known;
  const lines = host.sourceOf(source)?.split("\n");
  return lines?.[line - 1] === undefined ? undefined : code.push({ source, ...statementAt(lines, line) }) - 1;
}

/** The statement around a line: from the line above that is not indented, to the one below that closes it. */
function statementAt(lines: string[], line: number): Omit<ReplayCode, "source"> {
  const isInside = (at: number) => /^([\s}\])]|$)/.test(lines[at] ?? "x");
  let [from, to] = [line - 1, line];
  while (from > 0 && isInside(from)) from--;
  while (isInside(to) && !/^\S/.test(lines[to - 1] ?? "")) to++;
  return { first: from + 1, lines: lines.slice(from, to) };
}
