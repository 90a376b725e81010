import { escapeMarkup } from "../escape.ts";
import { framesOf, type State } from "../frames.ts";
import { host } from "../host/host.ts";
import { frame } from "../plots/figure.ts";
import { palette } from "../plots/palette.ts";
import type { Run } from "../run.ts";
import { type Queued, ROLES } from "../trace.ts";
import css from "./player.css" with { type: "text" };

/** Everything the player needs besides the timeline's picture. Notebook outputs embed it; a live page's worker posts it. */
export type ReplayData = ReturnType<typeof replayData>;

const MOST_LANES = 12;

/** Describes the first few hundred steps of a run to the player. The timeline's axis ends at `end`, in seconds. */
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
    /** The program's cells, by their names in stack traces. */
    sources,
    /** Their code, an HTML list of lines for each. */
    code: sources.map((source) => listed(host.sourceOf(source)!)),
    /** The first four hold tasks, the others the items of queues. */
    places: ["On the thread", "Ready queue", "Sleepers", "Waiting", ...queueNames],
    frames: frames.map(({ step, time, sentence, states }, i) => {
      const inWords = (kind: State["kind"]) =>
        states.map((state, i) => ({ ...state, name: lanes[i].name })).filter((state) => state.kind === kind)
          .sort((a, b) => kind === "sleeps" ? a.at!.resumes - b.at!.resumes : 0)
          .map(({ name, text }) => `${name}: ${text.replace(/^(sleeps|waits) /, "")}`).slice(0, MOST_LANES);
      queues = step?.queues ?? queues;
      return {
        /** Seconds since the start of the run. */
        time,
        sentence: i + 1 < frames.length ? sentence : sentence + more,
        /** The index of the running lane; -1 at the end of the run. */
        lane: lanes.findIndex(({ name }) => name === step?.lane),
        /** The lanes whose current line is known, with that line and the index of its cell (-1 if not in `sources`). */
        stands: states.slice(0, MOST_LANES).flatMap(({ kind, at }, lane) => {
          if (kind === "done" || !at?.place) return [];
          return { lane, cell: sources.indexOf(at.place.source), line: at.place.line };
        }),
        /** The texts of the chips in each place. */
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
    /** The end of the axis in seconds, and the x coordinates of both its ends in the picture. */
    axis: [end, frame.marginLeft, frame.width - frame.marginRight],
    style: css + style,
  };
}

/** The palette as custom properties, which the picture uses too, and the colours of each role. */
const style =
  Object.entries(palette).map(([name, { light, dark }]) =>
    `.course-replay,.stands{--${name}:light-dark(${light},${dark})}` +
    `.course-replay{[fill="${light}"]{fill:var(--${name})}[stroke="${light}"]{stroke:var(--${name})}}`
  ).join("") +
  ROLES.map((role) => `.${role}:is(.course-replay *,.stands){--ink:var(--${role});--pale:var(--${role}Pale)}`)
    .join("");

const withoutColours = (line: string): string =>
  line.split("\x1b").map((it) => it.replace(/^\[[\d;]*m/, "")).join("");

/** The numbers of the items in a queue: the first nine, and the last. */
function itemsOf([first, last]: Queued): string[] {
  const items = Array.from({ length: Math.min(9, last - first + 1) }, (_, i) => String(first + i));
  return last - first < 9 ? items : [...items, `… ${last}`];
}

function listed(text: string): string {
  const lines = escapeMarkup(text).replace(/\bawait\b/g, "<b>await</b>").split("\n");
  return `<ol><li>${lines.join("</li><li>")}</li></ol>`;
}
