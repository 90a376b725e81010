/** The pictures of a sweep, in the look of the course's. @module */
import type { PlotOptions } from "@observablehq/plot";
import type { Showable } from "../../lib/display.ts";
import { figure as draw, type LegendEntry } from "../../lib/plots/figure.ts";
import { palette } from "../../lib/plots/palette.ts";
import { thin } from "../../lib/words.ts";
import { depthPanel } from "./depth_panel.ts";
import { deepestOf, depthFinding, finding, groupsIn, inWords, remarks } from "./findings.ts";
import { type Figure, figure, labelOf, type Layout } from "./groups.ts";
import { domainOf, spreadPanel } from "./spread_panel.ts";

/** How many rows, small multiples and dots a picture has at the most. */
const most = { rows: 6, multiples: 10, dots: 2000 };

const legend: LegendEntry[] = [
  { label: "a run", shape: "dot", ink: palette.consumer },
  { label: "half of the runs", shape: "bar", ink: palette.consumerPale },
  { label: "median", shape: "thin", ink: palette.text },
];

/** How long the runs took, against the parameter, with the bound that no schedule can beat. */
export function totalsPlot(layout: Layout): Showable {
  return draw({
    title: finding("total time", layout, figure.total),
    subtitle: `Total time in seconds, ${remarks(layout, most)}`,
    alt: inWords(layout, figure.total, "took"),
    legend: [...legend, {
      label: "bound (median): no schedule ends sooner",
      shape: "dash",
      ink: palette.bound,
    }],
    panels: panels(layout, figure.total, figure.bound),
  });
}

/** How long items waited, on average or the unluckiest of them, against the parameter. */
export function latencyPlot(layout: Layout, which: "mean" | "longest"): Showable {
  return draw({
    title: finding(`${which} latency`, layout, figure[which], 2),
    subtitle: `The ${which} latency of each run in seconds, ${remarks(layout, most)}`,
    alt: inWords(layout, figure[which], `had a ${which} latency of`),
    legend,
    panels: panels(layout, figure[which]),
  });
}

/** How many items waited at each time: a small picture for each setting, all on the same axes. */
export function depthPlot(layout: Layout): Showable {
  const all = groupsIn(layout);
  const groups = thin(all, most.multiples);
  const until = Math.max(0.001, ...groups.flatMap(({ figures }) => figures.map(({ total }) => total)));
  const deepest = Math.max(1, ...groups.map(deepestOf));
  const drawn = groups.length < all.length ? ` ${groups.length} of ${all.length} settings are drawn.` : "";
  return draw({
    title: depthFinding(layout),
    subtitle: `How many items wait at each time, over the runs of a setting.${drawn}`,
    alt: groups.map((group) => `${labelOf(group.settings) || "All runs"}: at the most ${deepestOf(group)}.`)
      .join(" "),
    legend: [
      { label: "median", shape: "thin", ink: palette.consumer },
      { label: "all runs", shape: "bar", ink: palette.consumerPale },
      { label: "the end (median)", shape: "dash", ink: palette.quiet },
    ],
    panels: groups.map((group, i) => depthPanel(group, { until, deepest, isLast: i === groups.length - 1 })),
  });
}

/** A panel for each row of the layout, all of the same scale. */
function panels(layout: Layout, figure: Figure, bound?: Figure): PlotOptions[] {
  const rows = thin(layout.rows, most.rows);
  const domain = domainOf(rows.flatMap(({ groups }) => groups), bound ? [figure, bound] : [figure]);
  return rows.map(({ label, groups }, i) =>
    spreadPanel({
      name: label ? `seconds, ${label}` : "seconds",
      along: layout.along,
      groups,
      figure,
      bound,
      domain,
      height: rows.length > 3 ? 130 : 196,
      isLast: i === rows.length - 1,
    })
  );
}
