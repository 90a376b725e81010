import assert from "node:assert/strict";
import { join, relative, resolve } from "node:path";
import { findNotebook, findNotebooks } from "./find_notebook.ts";
import { root } from "./project.ts";
import { tempFolder } from "../testdata/notebooks.ts";

const here = (name: string) => relative(Deno.cwd(), join(root, "notebooks", name));
const second = here("04-a-second-producer.ipynb");

for (const name of ["04", "4", "04-a-second-producer", "04-a-second-producer.ipynb"]) {
  Deno.test(`findNotebook() finds ${name} among the notebooks of the course`, async () => {
    assert.equal(await findNotebook(name, "run"), second);
  });
}

Deno.test("findNotebook() returns the path of an existing file as it was given", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "04.ipynb");
  Deno.writeTextFileSync(path, "{}");
  assert.equal(await findNotebook(path, "run"), path);
});

Deno.test("findNotebook() finds a notebook of another course", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "04-mine.ipynb");
  Deno.writeTextFileSync(path, "{}");
  assert.equal(resolve(await findNotebook("04", "run", folder.path)), path);
});

const none = `no such file or directory. Name a notebook, such as ${here("00-start-here.ipynb")}.`;
const faults: [argument: string, message: string][] = [
  ["04-second", none],
  ["elsewhere/04-a-second-producer.ipynb", none],
  ["", none],
  ["producers=3", "there is no such notebook. Did you mean -p producers=3?"],
];
for (const [argument, message] of faults) {
  Deno.test(`findNotebook() says that there is no ${argument}`, async () => {
    await assert.rejects(findNotebook(argument, "run"), {
      name: "CourseError",
      message: `Cannot run ${argument}: ${message}`,
    });
  });
}

Deno.test("findNotebook() refuses what is not a notebook, or may not be read", async () => {
  using folder = tempFolder();
  const readme = join(folder.path, "README.md");
  Deno.writeTextFileSync(readme, "# A");
  await assert.rejects(findNotebook(readme, "sweep"), {
    message: `Cannot sweep ${readme}: it is not a notebook (.ipynb).`,
  });
  await assert.rejects(findNotebook(folder.path, "run"), /: it is not a notebook \(\.ipynb\)\.$/);
  await assert.rejects(findNotebook(join(readme, "a.ipynb"), "run"), /a\.ipynb: not a directory\. Name/);
});

Deno.test("findNotebooks() returns each notebook once, however often it is named", async () => {
  const whole = join(root, "notebooks", "04-a-second-producer.ipynb");
  const names = ["04", "4", "04-a-second-producer", `./${second}`, whole];
  assert.equal((await findNotebooks(names, "run")).length, 1);
});

Deno.test("findNotebooks() refuses all if one is missing", async () => {
  await assert.rejects(findNotebooks(["04", "producers=3"], "run"), /Did you mean -p producers=3\?$/);
});

Deno.test("findNotebooks() returns those of the course if none are named", async () => {
  using folder = tempFolder();
  for (const name of ["b.ipynb", "a.ipynb"]) Deno.writeTextFileSync(join(folder.path, name), "{}");
  const paths = ["a.ipynb", "b.ipynb"].map((name) => join(folder.path, name));
  assert.deepEqual(await findNotebooks([], "run", folder.path), paths);
});
