/** The format of notebooks' cells. (`deno fmt` knows notebooks, but finds fault with some that it leaves as they are.) @module */
import { basename, join } from "node:path";
import { deno } from "../common/command.ts";
import { temporaryFolder } from "../common/files.ts";
import { root } from "../common/project.ts";
import type { NotebookFile } from "../run/run_all.ts";

/** The cells that `deno fmt` would write otherwise, each with what it would write; empty where there are none. */
export async function checkCellFormat(notebooks: NotebookFile[]): Promise<string[]> {
  using folder = temporaryFolder("course-format-");
  const cells = notebooks.flatMap(({ path, notebook }, n) =>
    notebook.cells.flatMap(({ cell_type, source }, i) => {
      if (cell_type !== "code" || source.trim() === "") return [];
      return [{ where: `${basename(path)}, cell ${i + 1}`, source, file: join(folder.path, `${n}-${i}.ts`) }];
    })
  );
  await Promise.all(cells.map(({ file, source }) => Deno.writeTextFile(file, `${source}\n`)));
  // `deno fmt` applies no config to files outside of its folder.
  const { fmt } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  await deno(["fmt", "--quiet", "--no-config", `--line-width=${fmt.lineWidth}`, folder.path]);
  return cells.flatMap(({ where, source, file }) => {
    const formatted = Deno.readTextFileSync(file).trimEnd();
    return formatted === source ? [] : [`${where}: deno fmt would write it so:\n${formatted}`];
  });
}
