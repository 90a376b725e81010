import assert from "node:assert/strict";
import { join, relative, resolve } from "node:path";
import { findNotebook, findNotebooks } from "./find_notebook.ts";
import { root } from "./project.ts";
import { tempFolder } from "../testdata/notebooks.ts";

const here = (name: string) => relative(Deno.cwd(), join(root, "notebooks", name));
const second = here("04-a-second-producer.ipynb");

for (const name of ["04", "4", "04-a-second-producer", "04-a-second-producer.ipynb"]) {
  Deno.test(`findNotebook() takes ${name} for a notebook of the course`, async () => {
    assert.equal(await findNotebook(name, "run"), second);
  });
}

Deno.test("findNotebook() gives a file that exists as it was named", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "04.ipynb");
  Deno.writeTextFileSync(path, "{}");
  assert.equal(await findNotebook(path, "run"), path);
});

Deno.test("findNotebook() knows the notebooks of another course by its folder", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "04-mine.ipynb");
  Deno.writeTextFileSync(path, "{}");
  assert.equal(resolve(await findNotebook("04", "run", folder.path)), path);
});

const none = `there is no such file. Name a notebook, such as ${here("00-start-here.ipynb")}.`;
const faults: [argument: string, message: string][] = [
  ["04-second", none],
  ["elsewhere/04-a-second-producer.ipynb", none],
  ["", none],
  ["producers=3", "there is no such notebook. Did you mean -p producers=3?"],
];
for (const [argument, message] of faults) {
  Deno.test(`findNotebook() tells of ${argument} what there is`, async () => {
    await assert.rejects(findNotebook(argument, "run"), {
      name: "CourseError",
      message: `Cannot run ${argument}: ${message}`,
    });
  });
}

Deno.test("findNotebook() refuses what is no notebook", async () => {
  using folder = tempFolder();
  const readme = join(folder.path, "README.md");
  Deno.writeTextFileSync(readme, "# A");
  await assert.rejects(findNotebook(readme, "sweep"), {
    message: `Cannot sweep ${readme}: it is not a notebook (.ipynb).`,
  });
  await assert.rejects(findNotebook(folder.path, "run"), /: it is not a notebook \(\.ipynb\)\.$/);
});

Deno.test("findNotebooks() gives each once, however it is called", async () => {
  const whole = join(root, "notebooks", "04-a-second-producer.ipynb");
  const names = ["04", "4", "04-a-second-producer", `./${second}`, whole];
  assert.equal((await findNotebooks(names, "run")).length, 1);
});

Deno.test("findNotebooks() refuses all where one is not there", async () => {
  await assert.rejects(findNotebooks(["04", "producers=3"], "run"), /Did you mean -p producers=3\?$/);
});

Deno.test("findNotebooks() gives those of the course where none are named", async () => {
  using folder = tempFolder();
  for (const name of ["b.ipynb", "a.ipynb"]) Deno.writeTextFileSync(join(folder.path, name), "{}");
  const paths = ["a.ipynb", "b.ipynb"].map((name) => join(folder.path, name));
  assert.deepEqual(await findNotebooks([], "run", folder.path), paths);
});
