/** The pictures of a sweep, in the look of the course's. @module */
import type { PlotOptions } from "@observablehq/plot";
import type { Showable } from "../../lib/display.ts";
import { figure as draw, type LegendEntry } from "../../lib/plots/figure.ts";
import { palette } from "../../lib/plots/palette.ts";
import { thin } from "../../lib/plots/words.ts";
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
    panels: panels(layout, [{ name: "seconds", figure: figure.total, bound: figure.bound }]),
  });
}

/** How long items waited, on average and at the most, against the parameter. */
export function latenciesPlot(layout: Layout): Showable {
  const mean = inWords(layout, figure.mean, "had a mean latency of");
  return draw({
    title: finding("mean latency", layout, figure.mean, 2),
    subtitle: `Each run's mean latency, and below it its longest, in seconds, ${remarks(layout, most)}`,
    alt: `${mean} ${inWords(layout, figure.longest, "had a longest latency of")}`,
    legend,
    panels: panels(layout, [
      { name: "mean latency, seconds", figure: figure.mean },
      { name: "longest latency, seconds", figure: figure.longest },
    ]),
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

/** One of the figures that a picture tells of. */
interface Told {
  name: string;
  figure: Figure;
  bound?: Figure;
}

/** A panel for each figure and each row of the layout; those of one figure have the same scale. */
function panels(layout: Layout, figures: Told[]): PlotOptions[] {
  const rows = thin(layout.rows, most.rows);
  return figures.flatMap(({ name, figure, bound }, f) => {
    const domain = domainOf(rows.flatMap(({ groups }) => groups), bound ? [figure, bound] : [figure]);
    return rows.map(({ label, groups }, r) =>
      spreadPanel({
        name: label ? `${name}, ${label}` : name,
        along: layout.along,
        groups,
        figure,
        bound,
        domain,
        isLast: f === figures.length - 1 && r === rows.length - 1,
      })
    );
  });
}
