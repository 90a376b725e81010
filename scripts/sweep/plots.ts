/** The plots of a sweep. @module */
// @ts-types="npm:@types/d3-array@3.2.2"
import { greatest, least, max, median, min } from "d3-array";
import type { Showable } from "../../lib/display.ts";
import { curves } from "../../lib/plots/curves.ts";
import { seconds, thin } from "../../lib/words.ts";
import type { Figure, Run } from "./layout.ts";

/**
 * Draws a figure of runs, in seconds, against what `label` says: the least, the median and the most of the runs at each
 * place, or the runs themselves where there is one at each; and a bound.
 */
export function spreadPlot(
  label: string,
  name: string,
  runs: Run[],
  figure: Figure,
  bound?: Figure,
): Showable {
  const places = [...Map.groupBy(runs, ({ x }) => x).values()].sort(([one], [other]) => one.x - other.x);
  const curve = (reduce: typeof median, figure: Figure) =>
    places.map((runs) => [runs[0].x, reduce(runs, (run) => run[figure]) ?? NaN] as const);
  const isSpread = runs.length > places.length;
  return curves({
    [isSpread ? "median" : "each run"]: curve(median, figure),
    ...isSpread && { "the least": curve(min, figure), "the most": curve(max, figure) },
    ...bound && { "bound: no schedule ends sooner": curve(median, bound) },
  }, { title: `${name}: ${answerOf(places, figure)}`, x: label, y: "seconds" });
}

/** Says where the median of a figure is least and greatest. */
function answerOf(places: Run[][], figure: Figure): string {
  const middle = (runs: Run[]) => median(runs, (run) => run[figure]);
  const [low, high] = [least(places, middle), greatest(places, middle)];
  if (!low || !high) return "none could be measured";
  const [from, to] = [low, high].map((runs) => seconds(middle(runs)!, 2));
  return from === to ? from : `${from} (${low[0].place}) to ${to} (${high[0].place})`;
}

/** Draws how many items wait at each time, in the first run at each place, of five places at the most. */
export function depthPlot(name: string, runs: Run[]): Showable {
  const first = thin([...Map.groupBy(runs, ({ x }) => x).values()].map(([run]) => run), 5);
  const most = first.map(({ deepest }) => deepest);
  const range = [...new Set([min(most), max(most)])].join(" to ");
  return curves(
    Object.fromEntries(first.map(({ place, depth }) => [place, depth])),
    { title: `${name}, at the most: ${range}`, x: "seconds", y: "items in line", steps: true },
  );
}
