/** What differs from the notebook's own values. @module */
import { type Figure, figure, type Group, type Result } from "./groups.ts";
import { SEED } from "./grid.ts";
import { spreadOf } from "./spread.ts";

/** How a group differs from the baseline: medians, in seconds; undefined where there is nothing to compare. */
export interface Difference {
  group: Group;
  total: Change | undefined;
  mean: Change | undefined;
  longest: Change | undefined;
}

/** A figure and how much more it is than the baseline's, run by run with the same seed. */
export interface Change {
  median: number;
  more: number;
  /** The baseline's median. */
  from: number;
}

/** Compares each run of each group with the baseline's run that has the same seed. */
export function differences(groups: Group[], baseline: Result[]): Difference[] {
  const bySeed = new Map(baseline.map((result) => [result.point.values.get(SEED), result]));
  const compare = (group: Group, figure: Figure): Change | undefined => {
    const pairs = group.results.flatMap(({ point, outcome }) => {
      const base = (bySeed.get(point.values.get(SEED)) ?? baseline[0])?.outcome;
      if (!outcome.ok || !base?.ok) return [];
      const [value, from] = [figure(outcome.figures), figure(base.figures)];
      return typeof value === "number" && typeof from === "number" ? [{ value, from }] : [];
    });
    const median = (of: (pair: { value: number; from: number }) => number) => spreadOf(pairs.map(of))!.median;
    if (pairs.length === 0) return undefined;
    return {
      median: median((it) => it.value),
      from: median((it) => it.from),
      more: median((it) => it.value - it.from),
    };
  };
  return groups.map((group) => ({
    group,
    total: compare(group, figure.total),
    mean: compare(group, figure.mean),
    longest: compare(group, figure.longest),
  }));
}
