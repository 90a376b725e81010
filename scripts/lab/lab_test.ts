import { deepEqual, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import { freePorts } from "../kernel/connection.ts";
import { writeNotebook } from "../notebook/notebook.ts";
import { whatIsMissing } from "../testdata/lab.ts";
import { testWith } from "../testdata/needs.ts";
import { notebookOf, tempFolder } from "../testdata/notebooks.ts";
import { startLab } from "./lab.ts";

Deno.test("startLab() opens nothing that is not there, or not in the project", async () => {
  await rejects(startLab({ file: "notebooks/99.ipynb" }), {
    name: "CourseError",
    message: "Cannot open notebooks/99.ipynb: there is no such file.",
  });
  await rejects(startLab({ file: "../elsewhere.ipynb" }), /it is not in the project's folder/);
});

testWith(
  await whatIsMissing(),
  "startLab() shows a course of somebody's own, and opens its first notebook",
  async () => {
    using folder = tempFolder();
    for (const name of ["b.ipynb", "a.ipynb"]) await writeNotebook(join(folder.path, name), notebookOf("1"));
    Deno.writeTextFileSync(
      join(folder.path, "course.yaml"),
      "title: Mine\nnotebooks: [{file: b.ipynb}, {file: a.ipynb}]",
    );
    await rejects(startLab({ course: folder.path, file: "../a.ipynb" }), /it is not in the course's folder/);
    const [port] = freePorts(1);
    const args = ["--IdentityProvider.token=t", "--Application.log_level=ERROR"];
    await using _lab = await startLab({ course: folder.path, port, browser: false, args });
    const address = `http://127.0.0.1:${port}`;
    const get = (path: string) =>
      fetch(`${address}/${path}?token=t`).catch(() => new Promise((go) => setTimeout(go, 100)));
    let reply: Response | undefined;
    while (!(reply = await get("api/contents") as Response | undefined)?.ok) await reply?.body?.cancel();
    const names = (await reply.json()).content.map(({ name }: { name: string }) => name).sort();
    deepEqual(names, ["a.ipynb", "b.ipynb", "course.yaml"]);
    match((await get("") as Response).url, /\/lab\/tree\/b\.ipynb/);
  },
  { sanitizeOps: false, sanitizeResources: false },
);
