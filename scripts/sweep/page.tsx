/** The document that a sweep writes. @module */
import { renderToString } from "preact-render-to-string";
import { count } from "../../lib/words.ts";
import type { Showable } from "../../lib/display.ts";
import { Names } from "../handouts/document/names.ts";
import { type Course, Shell } from "../handouts/html/page.tsx";
import { Vector } from "../handouts/html/pictures.tsx";
import { allowed, literal } from "../parameters/value.ts";
import { courseTitle } from "../common/project.ts";
import { differences } from "./baseline.ts";
import { type Grid, SEED } from "./grid.ts";
import { type Group, labelOf, layOut, type Result } from "./groups.ts";
import { depthPlot, latencyPlot, totalsPlot } from "./plots.ts";
import { Bad, DifferenceTable, GroupTable, PointTable, Table } from "./tables.tsx";

/** How many points the document has a table of; the others are in the files. */
const MOST_ROWS = 500;
/** How many failures are told one by one. */
const MOST_FAILURES = 50;

/** What a sweep's document tells of. */
export interface SweepDocument {
  /** The notebook's title, and its file's name. */
  title: string;
  notebook: string;
  grid: Grid;
  results: Result[];
  groups: Group[];
  baseline: Result[];
  /** The command that makes the document again. */
  command: string;
}

/** Renders the document: one page that stands alone. The same figures give the same bytes. */
export function renderSweep(sweep: SweepDocument): string {
  return `<!doctype html>\n${renderToString(<SweepPage {...sweep} />)}\n`;
}

function SweepPage(sweep: SweepDocument) {
  const { title, notebook, grid, results, groups, baseline } = sweep;
  const course: Course = { title: courseTitle, language: "en", provenance: {}, pages: [], hasIndex: false };
  const failed = results.filter(({ outcome }) => !outcome.ok);
  const layout = layOut(grid, groups);
  const ids = new Names(["content"]);
  const seeds = grid.axes.find(({ name }) => name === SEED);
  const picture = (plot: Showable, alt: string) => (
    <Vector source={plot.bundle["image/svg+xml"]} ids={ids} alt={alt} />
  );
  return (
    <Shell title={`Sweep: ${title} · ${courseTitle}`} course={course}>
      <main id="content" class="index prose" tabindex={-1}>
        <p class="label">
          A sweep over {grid.axes.map(({ name, text }) => `${name} = ${text}`).join(" and ")}
        </p>
        <h1>{title}</h1>
        <p>
          {count(results.length, "run")} of{" "}
          <code>{notebook}</code>, one for each combination of the values below.{" "}
          {failed.length > 0 && <Bad>{failed.length} of them failed.</Bad>}
        </p>
        <ParameterTable grid={grid} />
        {failed.length < results.length && (
          <>
            <h2>How long it takes</h2>
            {picture(totalsPlot(layout), "Total times")}
            <h2>How long items wait</h2>
            {picture(latencyPlot(layout, "mean"), "Mean latencies")}
            {picture(latencyPlot(layout, "longest"), "Longest latencies")}
            <h2>How the queue fills and empties</h2>
            {picture(depthPlot(layout), "Depth of the queue")}
            <h2>All of it in figures</h2>
            <p>
              In seconds: the least, the median and the most of the total times; medians of the bound and of
              the mean latency; the longest latency of any run. And how many items were in line at the most.
            </p>
            <GroupTable groups={groups} />
            <h2>What differs from the notebook’s own values</h2>
            <Baseline grid={grid} baseline={baseline} hasSeeds={seeds !== undefined} />
            <DifferenceTable differences={differences(groups, baseline)} />
          </>
        )}
        {failed.length > 0 && <Failures failed={failed} grid={grid} />}
        <h2>Every run</h2>
        <p>
          All figures are in <a href="points.csv">points.csv</a> and, with the depth of the queue, in{" "}
          <a href="points.json">points.json</a>, beside this page.
        </p>
        <details>
          <summary>
            {results.length > MOST_ROWS
              ? `The first ${MOST_ROWS} of ${results.length} runs`
              : `All ${results.length} runs`}
          </summary>
          <PointTable results={results.slice(0, MOST_ROWS)} swept={grid.axes.map(({ name }) => name)} />
        </details>
      </main>
      <Foot {...sweep} />
    </Shell>
  );
}

function ParameterTable({ grid: { parameters, axes } }: { grid: Grid }) {
  const rows = parameters.map((parameter) => {
    const own = literal(parameter.default);
    const axis = axes.find(({ name }) => name === parameter.name);
    return [parameter.name, axis?.text ?? own, own, parameter.help || allowed(parameter)];
  });
  const head = ["parameter", "in these runs", "in the notebook", "what it does"];
  return <Table label="Parameters" head={head} labels={1} rows={rows} isText />;
}

function Baseline({ grid, baseline, hasSeeds }: { grid: Grid; baseline: Result[]; hasSeeds: boolean }) {
  const own = new Map(
    grid.parameters.filter(({ name }) => name !== SEED || !hasSeeds).map((it) => [it.name, it.default]),
  );
  const failed = baseline.filter(({ outcome }) => !outcome.ok);
  return (
    <p>
      The notebook has {labelOf(own)}. Each run is compared with one of these values
      {hasSeeds && " and the same seed"}. The table has the medians, in seconds.{" "}
      {failed.length > 0 && (
        <Bad>{failed.length} of {count(baseline.length, "run")} with its values failed.</Bad>
      )}
    </p>
  );
}

function Failures({ failed, grid }: { failed: Result[]; grid: Grid }) {
  const label = ({ point }: Result) =>
    labelOf(new Map(grid.axes.map(({ name }) => [name, point.values.get(name)!])));
  return (
    <>
      <h2>What failed</h2>
      <ul>
        {failed.slice(0, MOST_FAILURES).map((result) => (
          <li>
            {label(result)}: <Bad>{result.outcome.ok ? "" : result.outcome.error}</Bad>
          </li>
        ))}
      </ul>
      {failed.length > MOST_FAILURES && (
        <p>And {failed.length - MOST_FAILURES} more; points.csv has them all.</p>
      )}
      <p>Give the same command again to try these once more.</p>
    </>
  );
}

function Foot({ notebook, command }: SweepDocument) {
  return (
    <footer>
      <h2>How this page was made</h2>
      <dl>
        <div>
          <dt>Notebook</dt>
          <dd>{notebook}</dd>
        </div>
        <div>
          <dt>Command</dt>
          <dd>
            <code>{command}</code>
          </dd>
        </div>
        <div>
          <dt>Versions</dt>
          <dd>deno {Deno.version.deno}</dd>
        </div>
      </dl>
    </footer>
  );
}
