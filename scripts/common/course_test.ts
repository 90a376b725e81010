import assert from "node:assert/strict";
import { join } from "node:path";
import { tempFolder } from "../testdata/notebooks.ts";
import { courseNotebooks, courseOf, pageOptions, readCourse } from "./course.ts";
import { root } from "./project.ts";

/** A folder with a `course.yaml` and empty notebooks. */
function folderWith(yaml: string, ...names: string[]) {
  const folder = tempFolder();
  if (yaml) Deno.writeTextFileSync(join(folder.path, "course.yaml"), yaml);
  for (const name of names) Deno.writeTextFileSync(join(folder.path, name), "{}");
  return folder;
}

Deno.test("readCourse() finds every notebook of this course, in order", async () => {
  const { title, notebooks } = await readCourse();
  assert.equal(title, "Async and await, by one example");
  const names = [...Deno.readDirSync(join(root, "notebooks"))].map(({ name }) => name);
  const files = names.filter((name) => /^\d\d-[^.]+\.ipynb$/.test(name)).sort();
  assert.deepEqual(notebooks.map(({ path }) => path), files.map((name) => join(root, "notebooks", name)));
});

Deno.test("readCourse() reads another course, and keeps the order of its notebooks", async () => {
  using folder = folderWith(
    `title: Physics
authors: [Lise Meitner, Otto Frisch]
school: A school
term: 2027
licence: CC BY 4.0
language: de
accent: "#7a1f5c"
notebooks:
  - { file: b.ipynb, gives: Waves., minutes: 40 }
  - file: a.ipynb`,
    "a.ipynb",
    "b.ipynb",
    "draft.ipynb",
  );
  const course = await readCourse(folder.path);
  assert.deepEqual(course.notebooks, [
    { path: join(folder.path, "b.ipynb"), gives: "Waves.", minutes: 40 },
    { path: join(folder.path, "a.ipynb") },
  ]);
  const { byline, deno: _, ...options } = pageOptions(course);
  assert.deepEqual(options, { title: "Physics", language: "de", accent: "#7a1f5c" });
  assert.equal(byline, "Lise Meitner, Otto Frisch · A school · 2027 · CC BY 4.0");
  assert.equal((await courseOf(join(folder.path, "draft.ipynb"))).title, "Physics");
});

Deno.test("readCourse() defaults to all notebooks, and to the name of the folder", async () => {
  using folder = folderWith("", "b.ipynb", "a.ipynb", "a.partial.ipynb");
  assert.deepEqual(
    await courseNotebooks(folder.path),
    ["a", "b"].map((name) => join(folder.path, `${name}.ipynb`)),
  );
  assert.match((await readCourse(folder.path)).title, /^course test ü /);
  assert.match((await readCourse(`${folder.path}/.`)).title, /^course test ü /);
  assert.equal((await courseOf(join(folder.path, "a.ipynb"))).title, "Async and await, by one example");
});

const faults: [yaml: string, message: RegExp][] = [
  ["authors: a", /: authors: expected a list of names\.$/],
  ["title: ''", /: title: expected some text\.$/],
  ["[1]", /: 0: there is no such setting\.$/],
  ["title: [", /: invalid YAML: bad indent at line 1, column \d+\.$/],
  ["title: a\nauthor: b", /: author: there is no such setting\.$/],
  ["title: a\nlanguage: German", /: language: expected a language, such as "en"\.$/],
  [
    "title: a\naccent: blue",
    /: accent: expected a colour in quotes, such as "#0a558c"\.$/,
  ],
  [
    "title: a\nnotebooks: [{ file: none.ipynb }]",
    /: notebooks\.0\.file: there is no none\.ipynb in this folder\.$/,
  ],
  ["title: a\nnotebooks: [{ file: ../a.ipynb }]", /: notebooks\.0\.file: expected the name of a notebook in/],
  ["title: a\nnotebooks: [{ gives: b }]", /: notebooks\.0\.file: it is missing\.$/],
  ["title: a\nnotebooks: [a.ipynb]", /: notebooks\.0: expected names and values\.$/],
  ["title: a\n---\nb: 1", /: invalid YAML: multiple docs at line 2, column 1\.$/],
  ["[".repeat(5000), /: invalid YAML: resource exhaustion at line 1, column \d+\.$/],
  [`a: &a [1]\nb: [${"*a, ".repeat(200)}]`, /: invalid YAML: wrong alias\.$/],
  ["title: *a", /: invalid YAML: wrong alias\.$/],
  [
    "title: a\naccent: #0a558c",
    /: accent: expected a colour in quotes, such as "#0a558c"\.$/,
  ],
  ["title: a\nnotebooks:", /: notebooks: expected a list of notebooks\.$/],
  ...["0", "-5", ".inf", "-.inf", ".nan", "ten", "'10'", "[10]"].map((minutes): [string, RegExp] => [
    `notebooks: [{ file: a.ipynb, minutes: ${minutes} }]`,
    /: notebooks\.0\.minutes: expected a number, at least 1\.$/,
  ]),
  ["5", /: expected names and values/],
  ["title: a\nnotebooks: []", /: notebooks: expected at least one notebook\.$/],
];
for (const [yaml, message] of faults) {
  Deno.test(`readCourse() refuses ${JSON.stringify(yaml).slice(0, 80)} in one sentence`, async () => {
    using folder = folderWith(yaml, "a.ipynb");
    await assert.rejects(readCourse(folder.path), (error: Error) => {
      const starts = error.message.startsWith(`Cannot read ${join(folder.path, "course.yaml")}: `);
      return error.name === "CourseError" && starts && message.test(error.message) &&
        !error.message.includes("\n");
    });
  });
}

Deno.test("readCourse() names a folder that does not exist, or contains no notebooks", async () => {
  await assert.rejects(readCourse("nowhere"), {
    message: "Cannot read the course in nowhere: no such file or directory.",
  });
  using folder = folderWith("title: a");
  await assert.rejects(readCourse(folder.path), {
    message: `Cannot read the course in ${folder.path}: it contains no notebooks (.ipynb).`,
  });
});
