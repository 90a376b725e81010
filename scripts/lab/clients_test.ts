import assert from "node:assert/strict";
import { join } from "node:path";
import { outputOf } from "../common/command.ts";
import { root } from "../common/project.ts";
import { executeNotebook } from "../run/execute.ts";
import { type Notebook, readNotebook } from "../notebook/notebook.ts";
import { testWith } from "../testdata/needs.ts";
import { tempFolder } from "../testdata/notebooks.ts";
import { writeSpecs } from "./specs.ts";

const path = join(root, "notebooks", "03-awaiting-sleep-and-get.ipynb");
/** Other programs that run notebooks. */
const clients: [program: string[], args: (out: string) => string[]][] = [
  [["jupyter", "nbconvert"], (out) => ["--to", "notebook", "--execute", path, "--output", out]],
  [["papermill"], (out) => [path, out, "--no-progress-bar"]],
];

/** Returns the outputs of each cell, with its printed text joined. */
const outputsIn = ({ cells }: Notebook) =>
  cells.flatMap((cell) => {
    if (cell.cell_type !== "code" || cell.metadata.tags?.includes("real-time")) return [];
    const streams: [name: string, text: string][] = [];
    const others: unknown[] = [];
    for (const output of cell.outputs) {
      if (output.output_type !== "stream") {
        others.push("data" in output ? Object.keys(output.data).sort() : output);
      } else if (streams.at(-1)?.[0] === output.name) streams.at(-1)![1] += output.text;
      else streams.push([output.name, String(output.text)]);
    }
    return [{ streams, others }];
  });

for (const [program, args] of clients) {
  const missing = await outputOf([...program, "--version"])
    ? undefined
    : `no ${program.join(" ")} was found on PATH`;
  testWith(missing, `${program.join(" ")} gets every output of a notebook`, async () => {
    using folder = tempFolder();
    await writeSpecs(join(folder.path, "kernels"));
    const out = join(folder.path, "out.ipynb");
    const env = { JUPYTER_PATH: folder.path };
    const ended = await outputOf([...program, ...args(out)], { env, cwd: join(root, "notebooks") });
    assert.equal(ended!.code, 0, ended!.stderr);
    const { notebook } = await executeNotebook(await readNotebook(path), { path });
    assert.deepEqual(outputsIn(await readNotebook(out)), outputsIn(notebook));
  });
}
