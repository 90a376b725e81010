/** What a sweep's pictures show, in words. @module */
import { seconds, thin } from "../../lib/words.ts";
import { failuresOf, type Figure, type Group, labelOf, type Layout, spread } from "./groups.ts";

/** All groups of a layout. */
export function groupsIn({ rows }: Layout): Group[] {
  return rows.flatMap(({ groups }) => groups);
}

/** The answer that a picture gives: from where to where the medians go. */
export function finding(what: string, layout: Layout, figure: Figure, digits = 1): string {
  const found = groupsIn(layout).flatMap((group) => {
    const box = spread(group, figure);
    return box ? [{ label: labelOf(group.settings), ...box }] : [];
  });
  if (found.length === 0) return `No ${what} could be measured`;
  const written = (value: number) => seconds(value, digits);
  const capital = what[0].toUpperCase() + what.slice(1);
  const [first, last] = ends(found, ({ median }) => median);
  if (found.length === 1) {
    if (first.least === first.most) return `${capital}: ${written(first.median)}`;
    return `${capital}: ${written(first.median)}, from ${written(first.least)} to ${written(first.most)}`;
  }
  if (last.median - first.median < 0.005) return `${capital}: ${written(first.median)}, whatever the setting`;
  return short(
    `${capital}: ${written(first.median)} (${first.label}) to ${written(last.median)} (${last.label})`,
    `${capital}: ${written(first.median)} to ${written(last.median)}, by setting`,
  );
}

/** How many items were in line at the most, and with which setting. */
export function depthFinding(layout: Layout): string {
  const found = groupsIn(layout).filter(({ figures }) => figures.length > 0)
    .map((group) => ({ label: labelOf(group.settings), deepest: deepestOf(group) }));
  if (found.length === 0) return "No queue could be measured";
  const [first, last] = ends(found, ({ deepest }) => deepest);
  return first === last || first.deepest === last.deepest
    ? `Items in line: ${last.deepest} at the most`
    : short(
      `Items in line, at the most: ${first.deepest} (${first.label}) to ${last.deepest} (${last.label})`,
      `Items in line, at the most: ${first.deepest} to ${last.deepest}, by setting`,
    );
}

/** The most items that waited at once in any run of a group. */
export function deepestOf({ figures }: Group): number {
  return Math.max(0, ...figures.map(({ deepest }) => deepest));
}

/** A figure of each group in a sentence, for who cannot see the picture. */
export function inWords(layout: Layout, figure: Figure, verb: string): string {
  return thin(groupsIn(layout), 20).map((group) => {
    const box = spread(group, figure);
    const name = labelOf(group.settings) || "All runs";
    if (!box) return `${name}: none.`;
    return `${name} ${verb} ${seconds(box.median, 2)} (from ${seconds(box.least, 2)} to ${
      seconds(box.most, 2)
    }).`;
  }).join(" ");
}

/** What a picture is of, and what it leaves out. */
export function remarks(layout: Layout, most: { rows: number; dots: number }): string {
  const groups = groupsIn(layout);
  const runs = groups.reduce((sum, { figures }) => sum + figures.length, 0);
  return [
    layout.along ? `for each value of ${layout.along.name}.` : "over all runs.",
    groups.some((group) => failuresOf(group).length > 0) ? "✕: runs that failed." : "",
    layout.rows.length > most.rows ? `${most.rows} of ${layout.rows.length} rows are drawn.` : "",
    runs > most.dots ? `Of ${runs} runs, not all are drawn.` : "",
  ].filter((part) => part !== "").join(" ");
}

/** A title that fits on a line, in any font. */
function short(title: string, shorter: string): string {
  return title.length <= 68 ? title : shorter;
}

/** The rows with the least and the most of something. */
function ends<T>(rows: T[], of: (row: T) => number): [T, T] {
  const sorted = rows.toSorted((a, b) => of(a) - of(b));
  return [sorted[0], sorted[sorted.length - 1]];
}
