/** The format of notebooks' cells. (`deno fmt` knows notebooks, but finds fault with some that it leaves as they are.) @module */
import { basename, join } from "node:path";
import { deno } from "../common/command.ts";
import { root } from "../common/project.ts";
import type { NotebookFile } from "../run/run_all.ts";

/** The cells that `deno fmt` would write otherwise, each with what it would write; empty where there are none. */
export async function checkCellFormat(notebooks: NotebookFile[]): Promise<string[]> {
  const folder = await Deno.makeTempDir({ prefix: "course-format-" });
  try {
    const cells = notebooks.flatMap(({ path, notebook }, n) =>
      notebook.cells.flatMap((cell, i) => {
        if (cell.cell_type !== "code" || cell.source.trim() === "") return [];
        const file = join(folder, `${n}-${i}.ts`);
        return [{ where: `${basename(path)}, cell ${i + 1}`, source: cell.source, file }];
      })
    );
    await Promise.all(cells.map(({ file, source }) => Deno.writeTextFile(file, `${source}\n`)));
    // `deno fmt` applies no config to files outside of its folder.
    const { fmt } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
    await deno(["fmt", "--quiet", "--no-config", `--line-width=${fmt.lineWidth}`, folder]);
    const problems: string[] = [];
    for (const { where, source, file } of cells) {
      const formatted = (await Deno.readTextFile(file)).trimEnd();
      if (formatted !== source) problems.push(`${where}: deno fmt would write it so:\n${formatted}`);
    }
    return problems;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
