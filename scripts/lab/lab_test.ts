import { rejects } from "node:assert/strict";
import { startLab } from "./lab.ts";

Deno.test("startLab() opens nothing that is not there, or not in the project or the course", async () => {
  await rejects(startLab({ file: "notebooks/99.ipynb" }), {
    name: "CourseError",
    message: "Cannot open notebooks/99.ipynb: there is no such file.",
  });
  await rejects(startLab({ file: "../elsewhere.ipynb" }), /it is not in the project's folder/);
  await rejects(startLab({ course: "notebooks", file: "../README.md" }), /it is not in the course's folder/);
});
