import * as Plot from "@observablehq/plot";
import type { Showable } from "../display.ts";
import { checkRun, type Run } from "../run.ts";
import { count, seconds } from "../words.ts";
import { bands, dashed, figure, type PlotOptions, shortened } from "./figure.ts";
import { palette } from "./palette.ts";

/**
 * Draws the total time of each run as a bar, with the bound that no schedule of the same tasks can beat.
 *
 * ```ts
 * import { baseline, compare, show } from "@course/lib";
 *
 * const ten = await baseline({ items: 10, seed: 2164 });
 * const twenty = await baseline({ items: 20, seed: 2164 });
 * await show(compare([ten, twenty]));
 * ```
 *
 * @returns a plot for `show(…)`
 * @throws {LessonError} if any of them is not a run
 */
export function compare(all: Run[] | Run, { title }: PlotOptions = {}): Showable {
  const runs = [all].flat().map((run) => checkRun("draw", run));
  const byTotal = [...runs].sort((a, b) => b.total - a.total);
  const inWords = byTotal.map(({ total, name }) => `${seconds(total)} (${name})`);
  const finding = runs.length > 0 ? `From ${inWords[0]} down to ${inWords.at(-1)}` : "No runs to compare";
  const at = (_: Run, i: number) => i; // two runs may have the same name
  const label = ({ total }: Run) => seconds(total);
  const domain = [0, 1.04 * (byTotal[0]?.total || 1)];
  const y = bands(runs.map(at), 0.25, (i) => shortened(runs[i].name, 26));
  const marks = [
    Plot.barX(runs, { x: "total", y: at, fill: palette.consumerPale.light }),
    Plot.tickX(runs, { x: "bound", y: at, ...dashed(palette.bound, 2.5) }),
    Plot.text(runs, { x: 0, y: at, text: label, textAnchor: "start", dx: 8, fontWeight: 650 }),
    Plot.ruleX([0], { stroke: palette.quiet.light }),
  ];
  return figure({
    title: title ?? finding,
    subtitle: "Total time of each run. No schedule of the same tasks is shorter than their bound.",
    alt: runs.map(({ name, total, bound, processed }) =>
      `${name}: ${seconds(total)} for ${count(processed, "item")}, bound ${seconds(bound)}`
    ).join("; ") + ".",
    legend: [
      { label: "total time", shape: "bar", ink: palette.consumerPale },
      { label: "bound", shape: "dash", ink: palette.bound },
    ],
    panels: [{ height: 40 * runs.length + 26, marginLeft: 210, y, marks }],
    axis: { domain, label: "seconds", grid: true },
  });
}
