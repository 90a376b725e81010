import * as Plot from "@observablehq/plot";
import { describe } from "../arguments.ts";
import type { Showable } from "../display.ts";
import { LessonError } from "../errors.ts";
import { depthOf, type Span } from "../run.ts";
import { count, seconds } from "../words.ts";
import { figure, panelName, type PlotOptions, shortened } from "./figure.ts";
import { palette } from "./palette.ts";
import { depthPanel } from "./timeline.ts";

/** A request, from when it was sent to when its answer came, in seconds; `ok` unless it was refused. */
export type WebRequest = Span & { ok: boolean };

/** Options of a waterfall: its words, and an additional panel. */
export interface WaterfallOptions extends PlotOptions {
  /** The noun for a bar; by default "request". */
  thing?: string;
  /** The words for bars that are `ok` and for those that are not; by default "answered" and "refused". */
  kinds?: [string, string];
  /** True to draw, below, how many requests were open at each time. */
  waiting?: boolean;
}

/**
 * Draws a bar for each request, as a browser's developer tools do: a panel for each way of sending them, on one axis of seconds.
 *
 * ```ts
 * import { show, waterfall } from "@course/lib";
 *
 * await show(waterfall({ "one by one": [{ start: 0, end: 1, ok: true }, { start: 1, end: 2, ok: false }] }));
 * ```
 *
 * @param ways the requests of each way, by its name, in the order in which they were sent
 * @returns a plot for `show(…)`
 * @throws {LessonError} if any of them is not a list
 */
export function waterfall(ways: Record<string, WebRequest[]>, options: WaterfallOptions = {}): Showable {
  const { title, thing = "request", kinds: [good, bad] = ["answered", "refused"], waiting = false } = options;
  const panels = Object.entries(ways).map(([name, rows]) => {
    const advice = "give a list of requests, once it is there.";
    if (!Array.isArray(rows)) throw new LessonError(`Cannot draw ${describe(rows)} as "${name}": ${advice}`);
    const refused = rows.filter(({ ok }) => !ok).length;
    const total = Math.max(0, ...rows.map(({ end }) => end));
    return { name, rows, total, says: seconds(total, 2) + (refused > 0 ? `, ${refused} ${bad}` : "") };
  });
  const domain = [0, Math.max(...panels.map(({ total }) => total)) || 1];
  const figures = panels.map(({ name, rows, says }) => `${name}: ${count(rows.length, thing)} in ${says}`);
  const stroke = ({ ok }: WebRequest) => (ok ? palette.consumer : palette.bound).light;
  const bar = { x1: "start", x2: "end", y: (_: WebRequest, i: number) => i, stroke };
  const drawn = panels.map(({ name, rows, says }) => ({
    height: 26 + Math.min(116, Math.max(28, 5 * rows.length)),
    y: { domain: [0, Math.max(1, rows.length - 1)], reverse: true, axis: null },
    marks: [
      Plot.ruleX([0], { stroke: palette.line.light }),
      Plot.ruleY(rows, { ...bar, strokeWidth: Math.min(2.5, 75 / rows.length) }),
      panelName(shortened(name)),
      panelName(says.replace(", ", "\n"), { dy: 20, fontWeight: 650 }),
    ],
  }));
  const all = panels.flatMap(({ rows }) => rows);
  const depth = depthOf(all.map(({ start }) => start), all.map(({ end }) => end));
  return figure({
    title: title ?? panels.map(({ name, says }) => `${name}: ${says}`).join("; "),
    subtitle: `A bar for each ${thing}, from when it was sent until it was ${good}.`,
    alt: `${figures.join("; ")}.`,
    legend: [
      { label: good, shape: "thin", ink: palette.consumer },
      { label: bad, shape: "thin", ink: palette.bound },
    ],
    panels: waiting ? [...drawn, depthPanel(depth, domain[1])] : drawn,
    axis: { domain, label: "seconds" },
  });
}
