// The speed of a sweep: 100 points over notebook 04, against papermill started once for each point. Both run the same
// cells on the same Deno kernel, as many points at a time as there are cores; of papermill's points a few are run, and
// scaled up. Without papermill on the PATH, only ours is measured.
import { basename, dirname, join } from "node:path";
import pLimit from "p-limit";
import { readNotebook, writeNotebook } from "../notebook/notebook.ts";
import { readAssignment } from "../parameters/assign.ts";
import { readParameters } from "../parameters/declaration.ts";
import { inject } from "../parameters/inject.ts";
import { root } from "../common/project.ts";
import { readGrid } from "../sweep/grid.ts";
import { stepsOf } from "../sweep/point.ts";
import { sweepNotebook } from "../sweep/sweep.ts";

const path = Deno.args[0] ?? join(root, "notebooks", "04-a-second-producer.ipynb");
const assignments = ["producers=1..5", "seed=1..20"].map(readAssignment);
const folder = Deno.makeTempDirSync({ prefix: "course-bench-" });
const cores = navigator.hardwareConcurrency;

/** Seconds that our sweep takes for all points, with its document. */
async function ours(): Promise<{ points: number; seconds: number }> {
  const started = performance.now();
  const options = { out: folder, timeout: 60, signal: new AbortController().signal };
  const { results } = await sweepNotebook(path, assignments, options);
  const failed = results.filter(({ outcome }) => !outcome.ok);
  if (failed.length > 0) throw new Error(`${failed.length} points failed`);
  return { points: results.length, seconds: (performance.now() - started) / 1000 };
}

/** Seconds that papermill takes for each of a few points; undefined where there is none. */
async function papermills(count: number): Promise<number | undefined> {
  if (await papermill("--version").catch(() => false) === false) return undefined;
  const notebooks = await writePoints(count);
  const limit = pLimit(cores);
  const started = performance.now();
  await Promise.all(notebooks.map((notebook) =>
    limit(async () => {
      const args = [notebook, notebook.replace(".ipynb", ".out.ipynb"), "--cwd", dirname(path), "-k", "deno"];
      if (!await papermill(...args)) throw new Error(`papermill failed on ${basename(notebook)}`);
    })
  ));
  return (performance.now() - started) / 1000 / count;
}

async function papermill(...args: string[]): Promise<boolean> {
  const env = { JUPYTER_PATH: folder };
  return (await new Deno.Command("papermill", { args, env, stdout: "null", stderr: "null" }).output())
    .success;
}

/** Notebooks with the cells that our sweep runs for a point, up to the one that reports; and a kernelspec. */
async function writePoints(count: number): Promise<string[]> {
  const argv = [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"];
  const spec = { argv, display_name: "Deno", language: "typescript" };
  Deno.mkdirSync(join(folder, "kernels", "deno"), { recursive: true });
  Deno.writeTextFileSync(join(folder, "kernels", "deno", "kernel.json"), JSON.stringify(spec));

  const notebook = await readNotebook(path);
  const parameters = readParameters(notebook, path);
  const { points } = readGrid(parameters, assignments, path);
  const chosen = Array.from({ length: count }, (_, i) => points[Math.floor(i * points.length / count)]);
  return await Promise.all(chosen.map(async ({ values }, i) => {
    const injected = inject(notebook, parameters, values, { input: "", output: "" });
    const sources = new Set<string>();
    for (const { source } of stepsOf(notebook, parameters, values)) {
      sources.add(source);
      if (/\breport\s*\(/.test(source)) break;
    }
    const file = join(folder, `point-${i}.ipynb`);
    await writeNotebook(file, {
      ...injected,
      cells: injected.cells.filter(({ source }) => sources.has(source)),
    });
    return file;
  }));
}

try {
  const { points, seconds } = await ours();
  console.log(`deno task sweep: ${points} points in ${seconds.toFixed(1)} s, on ${cores} cores`);
  const count = 2 * cores;
  const each = await papermills(count);
  if (each === undefined) console.log("papermill is not on the PATH: not measured");
  else {
    const scaled = each * points;
    console.log(
      `papermill: ${count} points in ${(each * count).toFixed(1)} s, so ${points} in ${scaled.toFixed(0)} s`,
    );
    console.log(`ratio: ${(scaled / seconds).toFixed(1)}`);
  }
} finally {
  Deno.removeSync(folder, { recursive: true });
}
