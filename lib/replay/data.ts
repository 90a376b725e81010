import { escapeMarkup } from "../escape.ts";
import { framesOf, type State } from "../frames.ts";
import { host } from "../host/host.ts";
import { frame } from "../plots/figure.ts";
import { palette } from "../plots/palette.ts";
import type { Run } from "../run.ts";
import { type Queued, ROLES } from "../trace.ts";
import css from "./player.css" with { type: "text" };

/** All that the player needs beside the run's timeline: what a notebook's output holds, and a page's worker hands to its page. */
export type ReplayData = ReturnType<typeof replayData>;

const MOST_LANES = 12;

/** Returns what the player needs, of the first few hundred steps of a run; the axis of its timeline ends at `end`, in seconds. */
export function replayData(run: Run, end: number) {
  const { lanes, frames } = framesOf(run);
  const all = frames.flatMap(({ states }) => states.flatMap(({ at }) => at?.place?.source ?? []));
  const sources = [...new Set(all)].filter((source) => host.sourceOf(source) !== undefined);
  const more = frames.at(-1)!.step ? ` The replay ends here, with the first ${frames.length} steps.` : "";
  const most = Math.max(...frames.map(({ step }) => step?.queues?.length ?? 0));
  const queueNames = Array.from({ length: most }, (_, i) => most > 1 ? `Queue ${i + 1}` : "In the queue");
  let queues: Queued[] = [];
  return {
    lanes: lanes.slice(0, MOST_LANES),
    /** The names in stacks of the cells of the program. */
    sources,
    /** Their lines, each a list in HTML. */
    code: sources.map((source) => listed(host.sourceOf(source)!)),
    /** Those behind the first four are queues of items. */
    places: ["On the thread", "Ready queue", "Sleepers", "Waiting", ...queueNames],
    frames: frames.map(({ step, time, sentence, states }, i) => {
      const inWords = (kind: State["kind"]) =>
        states.map((state, i) => ({ ...state, name: lanes[i].name })).filter((state) => state.kind === kind)
          .sort((a, b) => kind === "sleeps" ? a.at!.resumes - b.at!.resumes : 0)
          .map(({ name, text }) => `${name}: ${text.replace(/^(sleeps|waits) /, "")}`).slice(0, MOST_LANES);
      queues = step?.queues ?? queues;
      return {
        /** Seconds since the run began. */
        time,
        sentence: i + 1 < frames.length ? sentence : sentence + more,
        /** The number of the lane that runs; -1 at the end of the run. */
        lane: lanes.findIndex(({ name }) => name === step?.lane),
        /** The lanes that stand at a known line, each with that, and with its cell, or -1. */
        stands: states.slice(0, MOST_LANES).flatMap(({ kind, at }, lane) => {
          if (kind === "done" || !at?.place) return [];
          return { lane, cell: sources.indexOf(at.place.source), line: at.place.line };
        }),
        /** The contents of each of the places. */
        places: [
          inWords("runs"),
          step?.ready ?? [],
          inWords("sleeps"),
          inWords("waits"),
          ...queues.map(itemsOf),
        ],
        printed: (step?.printed ?? []).map(withoutColours),
      };
    }),
    /** Seconds of the axis, and where on the timeline's picture they begin and end. */
    axis: [end, frame.marginLeft, frame.width - frame.marginRight],
    style: css + style,
  };
}

/** The course's colours by name, in the picture too, and those of each role. */
const style =
  Object.entries(palette).map(([name, { light, dark }]) =>
    `.course-replay,.stands{--${name}:light-dark(${light},${dark})}` +
    `.course-replay{[fill="${light}"]{fill:var(--${name})}[stroke="${light}"]{stroke:var(--${name})}}`
  ).join("") +
  ROLES.map((role) => `.${role}:is(.course-replay *,.stands){--ink:var(--${role});--pale:var(--${role}Pale)}`)
    .join("");

const withoutColours = (line: string): string =>
  line.split("\x1b").map((it) => it.replace(/^\[[\d;]*m/, "")).join("");

/** The numbers of the items in a queue. */
function itemsOf([first, last]: Queued): string[] {
  const items = Array.from({ length: Math.min(9, last - first + 1) }, (_, i) => String(first + i));
  return last - first < 9 ? items : [...items, `… ${last}`];
}

function listed(text: string): string {
  const lines = escapeMarkup(text).replace(/\bawait\b/g, "<b>await</b>").split("\n");
  return `<ol><li>${lines.join("</li><li>")}</li></ol>`;
}
