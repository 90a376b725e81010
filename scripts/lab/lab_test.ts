import { rejects } from "node:assert/strict";
import { dirname, join } from "node:path";
import { root } from "../common/project.ts";
import { tempFolder } from "../testdata/notebooks.ts";
import { startLab } from "./lab.ts";

Deno.test("startLab() refuses a notebook that is missing, or outside the project or course", async () => {
  using folder = tempFolder();
  const [outside, mine] = ["a.ipynb", "mine/a.ipynb"].map((name) => join(folder.path, name));
  Deno.mkdirSync(dirname(mine));
  for (const path of [outside, mine]) Deno.writeTextFileSync(path, "{}");
  await rejects(startLab({ file: "notebooks/99.ipynb" }), {
    name: "CourseError",
    message: /^Cannot open notebooks\/99\.ipynb: no such file or directory\./,
  });
  await rejects(startLab({ file: outside }), { message: `Cannot open ${outside}: it is not in ${root}.` });
  const course = dirname(mine);
  await rejects(startLab({ course, file: outside }), {
    message: `Cannot open ${outside}: it is not in ${course}.`,
  });
});
