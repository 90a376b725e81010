/** The tables of a sweep's document. Figures are in seconds. @module */
import type { ComponentChildren } from "preact";
import type { Change, Difference } from "./baseline.ts";
import { failuresOf, figure, type Group, type Result, spread } from "./groups.ts";

/** A table: the first `labels` columns say what a row is of, the figures after them are set to the right. */
export function Table({ label, head, labels, rows, isText = false }: {
  label: string;
  head: string[];
  labels: number;
  rows: ComponentChildren[][];
  /** Whether the cells hold words, which are set to the left. */
  isText?: boolean;
}) {
  const right = isText ? undefined : "text-align:right";
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead>
          <tr>
            {head.map((name, i) => <th key={i} scope="col" style={i < labels ? undefined : right}>{name}
            </th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, i) =>
                i < labels
                  ? <th key={i} scope="row">{cell}</th>
                  : <td key={i} style={right} colSpan={lastSpans(cells, i, head)}>{cell}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What came out, a row for each setting. */
export function GroupTable({ groups }: { groups: Group[] }) {
  const names = namesOf(groups);
  const rows = groups.map((group) => {
    const failed = failuresOf(group).length;
    const total = spread(group, figure.total);
    return [
      ...settingsOf(group),
      failed > 0
        ? <Bad key="runs">{group.figures.length} of {group.results.length}</Bad>
        : group.results.length,
      written(total?.least),
      written(total?.median),
      written(total?.most),
      written(spread(group, figure.bound)?.median),
      written(spread(group, figure.mean)?.median),
      written(spread(group, figure.longest)?.most),
      spread(group, figure.deepest)?.most ?? "–",
    ];
  });
  const head = [...names, "runs", "least", "median", "most", "bound", "latency", "longest", "in line"];
  return <Table label="Totals and latencies" head={head} labels={names.length} rows={rows} />;
}

/** What differs from the baseline, a row for each setting. */
export function DifferenceTable({ differences }: { differences: Difference[] }) {
  const names = namesOf(differences.map(({ group }) => group));
  const rows = differences.map(({ group, total, mean, longest }) => [
    ...settingsOf(group),
    written(total?.median),
    more(total),
    total && inPercent(total),
    written(mean?.median),
    more(mean),
    written(longest?.median),
    more(longest),
  ]);
  const head = [...names, "total", "more", "", "latency", "more", "longest", "more"];
  return (
    <Table label="Differences from the notebook's own values" head={head} labels={names.length} rows={rows} />
  );
}

/** Every point, with its figures, or why it has none. */
export function PointTable({ results, swept }: { results: Result[]; swept: string[] }) {
  const rows = results.map(({ point, outcome }) => [
    ...swept.map((name) => String(point.values.get(name))),
    ...outcome.ok
      ? [
        written(outcome.figures.total),
        written(outcome.figures.bound),
        written(outcome.figures.latency.mean),
        written(outcome.figures.latency.max),
        outcome.figures.deepest,
      ]
      : [<Bad key="error">{outcome.error}</Bad>],
  ]);
  const head = [...swept, "total", "bound", "latency", "longest", "in line"];
  return <Table label="All points" head={head} labels={swept.length} rows={rows} />;
}

/** What went wrong. */
export function Bad({ children }: { children: ComponentChildren }) {
  return <span style="color:var(--bad)">{children}</span>;
}

/** The columns that tell groups apart. */
function namesOf(groups: Group[]): string[] {
  const names = [...groups[0]?.settings.keys() ?? []];
  return names.length > 0 ? names : [""];
}

function settingsOf({ settings }: Group): string[] {
  return settings.size > 0 ? [...settings.values()].map(String) : ["all runs"];
}

/** How many columns a cell takes: the last of a short row takes those that are left. */
function lastSpans(cells: unknown[], i: number, head: string[]): number | undefined {
  return i === cells.length - 1 && cells.length < head.length ? head.length - i : undefined;
}

function more(change: Change | undefined): string {
  if (!change) return "–";
  return Math.abs(change.more) < 0.005 ? "0" : signed(change.more, 2);
}

function inPercent({ more, from }: Change): string {
  return Math.abs(more) < 0.005 || from < 0.005 ? "" : `${signed(100 * more / from, 0)} %`;
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;
}

function written(value: number | null | "Infinity" | undefined): string {
  return typeof value === "number" ? value.toFixed(2) : "–";
}
