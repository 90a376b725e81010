/** The course's own exercises, as learners get them: each notebook runs to its end, unsolved and solved. @module */
import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { courseNotebooks } from "../../common/course.ts";
import { readNotebook } from "../../notebook/notebook.ts";
import { runAll } from "../../run/run_all.ts";
import { tempFolder } from "../../testdata/notebooks.ts";
import { replaceSet } from "./folder.ts";
import { renderHandouts } from "./handouts.ts";

for (const [folder, sign] of [["ipynb", "✗"], ["solutions", "✓"]]) {
  Deno.test(`in ${folder}/ every notebook runs to its end, and every check says ${sign}`, async () => {
    using made = tempFolder();
    const notebooks = await Promise.all(
      (await courseNotebooks()).map(async (name) => ({ name, notebook: await readNotebook(name) })),
    );
    const course = { title: "A course", formats: ["ipynb" as const], editions: ["student" as const] };
    await replaceSet(join(made.path, "out"), await renderHandouts(notebooks, { ...course, solutions: true }));
    const names = [...Deno.readDirSync(join(made.path, "out", folder))].map(({ name }) => name);
    const paths = names.filter((name) => name.endsWith(".ipynb")).map((name) =>
      join(made.path, "out", folder, name)
    );
    equal(paths.length, notebooks.length);
    const files = await Promise.all(
      paths.map(async (path) => ({ path, notebook: await readNotebook(path) })),
    );
    const cells = (await runAll(files)).flatMap(({ notebook }) => notebook.cells);
    const checks = cells.filter(({ metadata }) => metadata.tags?.includes("check"));
    ok(checks.length > 10);
    deepEqual(checks.filter((cell) => !JSON.stringify(cell).includes(sign)).map(({ id }) => id), []);
  });
}
