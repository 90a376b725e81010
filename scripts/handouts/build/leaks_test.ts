/** The proof that a student's handouts hold nothing of a solution, in any format. @module */
import { deepEqual, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { readNotebook } from "../../notebook/notebook.ts";
import type { MimeBundle, Notebook, Output } from "../../notebook/notebook.ts";
import { courseNotebooks } from "../../common/course.ts";
import { letters, readable } from "../../testdata/readable.ts";
import { type CellSketch, display, inFolder, notebook, stream } from "../testdata/fixtures.ts";
import { type FormatName, formats } from "./formats.ts";
import { renderHandouts } from "./handouts.ts";
import type { NamedNotebook } from "../document/parts.ts";
import { Files } from "../document/references.ts";
import { typstSources } from "../pdf/pdf.ts";
import type { Edition } from "../document/tags.ts";

const names = Object.keys(formats) as FormatName[];

/** Letters and digits of all that can be read in an edition, by format, but for the folder of solutions. */
async function texts(
  notebooks: NamedNotebook[],
  edition: Edition,
  solutions = false,
): Promise<Map<FormatName, string[]>> {
  const found = new Map<FormatName, string[]>();
  for (const format of names) {
    const options = { title: "A course", formats: [format], editions: [edition], solutions };
    const set = [...await renderHandouts(notebooks, options)];
    if (format === "html") set.push(...await renderHandouts(notebooks, { ...options, singleFile: true }));
    const isApart = (name: string) => solutions && /^solutions\/|course\.pdf$/.test(name);
    const all = await Promise.all(
      set.filter(([name]) => !isApart(name)).map(([name, content]) => readable(name, content)),
    );
    found.set(format, all.flat().map(letters));
    if (format !== "pdf") continue;
    // A PDF's own bytes hold glyphs, not letters; its source holds every text there is, on machines without pdftotext too.
    const { sources } = typstSources(notebooks, { title: "A course", edition, solutions });
    found.get(format)!.push(
      ...[...sources].filter(([name]) => !(solutions && name === "course.pdf")).map(([, text]) =>
        letters(text)
      ),
    );
  }
  return found;
}

const secrets: string[] = [];

/** A word that stands nowhere else, named for its place; it is base64, too. */
function secret(place: string): string {
  const word = `Secret${place}Qx${secrets.length}z`;
  secrets.push(word + "z".repeat(3 - (word.length + 3) % 4));
  return secrets.at(-1)!;
}

function bundle(where: string): MimeBundle {
  const word = (place: string) => secret(where + place);
  return {
    "image/svg+xml": `<svg id="${word("SvgId")}" aria-label="${word("SvgLabel")}" viewBox="0 0 9 9"><title>${
      word("SvgTitle")
    }</title><desc>${word("SvgDesc")}</desc><text>${word("SvgText")}</text></svg>`,
    "image/png": word("Png"),
    "text/html": `<p title="${word("HtmlTitle")}">${word("Html")}</p>`,
    "text/markdown": word("Markdown"),
    "application/json": { [word("JsonKey")]: word("Json") },
    "text/plain": word("Plain"),
  };
}

function outputs(where: string): Output[] {
  const word = (place: string) => secret(where + place);
  return [
    stream(word("Stdout")),
    stream(word("Stderr"), "stderr"),
    { output_type: "error", ename: word("Ename"), evalue: word("Evalue"), traceback: [word("Traceback")] },
    { output_type: "display_data", data: bundle(where), metadata: { a: word("OutputMetadata") } },
    ...Object.entries(bundle(where)).map(([mime, data]) => display({ [mime]: data })),
  ];
}

/** A code cell and a Markdown cell that hide something in every place there is. */
function hiding(tag: string): CellSketch[] {
  const word = (place: string) => secret(tag.replace("-", "") + place);
  const image = `${word("AttachmentName")}.png`;
  return [
    {
      code: `// ${word("Comment")}\nconst ${word("Parameter")} = "${word("Value")}";`,
      tags: [tag, "parameters", word("Tag")],
      outputs: outputs(tag.replace("-", "")),
    },
    {
      markdown: `# ${word("Title")}\n\n## ${word("Heading")}\n\n![${word("Alt")}](attachment:${image} "${
        word("ImageTitle")
      }") [x](${word("Link")})\n\n<!-- ${word("HtmlComment")} -->\n\n[${word("Definition")}]: y`,
      tags: [tag],
      attachments: { [image]: { "image/png": word("Attachment") } },
    },
  ];
}

function secretive(tag: string): Notebook {
  const made = notebook(
    { markdown: "# A lesson\n\nText." },
    { code: "1 + 1", tags: ["exercise"], outputs: [stream("2")] },
    ...hiding(tag),
    { markdown: "The end." },
  );
  for (const cell of made.cells.slice(2, 4)) {
    Object.assign(cell.metadata, { name: secret("CellName"), x: { y: secret("CellMetadata") } });
  }
  return made;
}

for (const tag of ["solution", "teacher"]) {
  Deno.test(`no place of a cell tagged ${tag} shows in a student's file`, async () => {
    secrets.length = 0;
    const notebooks = [{ name: "01-a.ipynb", notebook: secretive(tag) }];
    const words = secrets.map(letters);
    for (const solutions of [false, true]) {
      for (const [format, found] of await texts(notebooks, "student", solutions)) {
        const leaked = words.filter((word) => found.some((text) => text.includes(word)));
        deepEqual(leaked, [], format);
      }
    }
    // What is not looked for in the right way would never be found: the teacher's files have to show it.
    for (const [format, found] of await texts(notebooks, "teacher")) {
      const seen = (place: string) =>
        found.some((text) => text.includes(words.find((word) => word.includes(place))!));
      for (const place of ["Comment", "Stdout", "Heading"]) ok(seen(place), `${format}: ${place}`);
    }
  });
}

Deno.test("nothing that nbgrader's marks or metadata hide, and no comment, shows in a student's file", async () => {
  secrets.length = 0;
  const word = (place: string) => secret(place);
  const made = notebook(
    { markdown: `# A lesson\n\n<!-- ${word("HtmlComment")} -->\n\n[//]: # (${word("Definition")})` },
    { markdown: `5\` a\n\n<!-- ${word("BetweenTicks")} -->\n\n6\` b\n\n[//]: # "a\n${word("SecondLine")}"` },
    {
      code: "tell();",
      outputs: [
        display({ "text/markdown": `Told <!-- ${word("Output")} -->\n\n[//]: # (${word("OutputLine")})` }),
      ],
    },
    {
      code: `f();\n/// BEGIN SOLUTION\n${word("Marked")}();\n/// END SOLUTION\ng();`,
      outputs: outputs("Marked"),
    },
    { code: `h();\n// BEGIN HIDDEN TESTS\n${word("Test")}();`, outputs: outputs("Test") },
    { markdown: `Points:\n\n=== BEGIN MARK SCHEME ===\n${word("Scheme")}\n=== END MARK SCHEME ===` },
    { code: word("Graded"), outputs: outputs("Graded") },
    { markdown: word("GradedText") },
  );
  for (const cell of made.cells.slice(-2)) {
    cell.metadata = { nbgrader: { solution: true, grade: false, grade_id: word("Id"), schema_version: 3 } };
  }
  const notebooks = [{ name: "a.ipynb", notebook: made }];
  for (const solutions of [false, true]) {
    for (const [format, found] of await texts(notebooks, "student", solutions)) {
      const leaked = secrets.map(letters).filter((word) => found.some((text) => text.includes(word)));
      deepEqual(leaked, [], format);
      ok(found.some((text) => text.includes(letters("Your turn"))), format);
    }
  }
  for (const [format, found] of await texts(notebooks, "teacher")) {
    for (const place of ["SecretMarked", "SecretTest", "SecretGraded"]) {
      ok(
        found.some((text) => text.includes(letters(secrets.find((word) => word.startsWith(place))!))),
        format,
      );
    }
  }
});

Deno.test("the student's edition of nbgrader's own form of notebook keeps its secret", async () => {
  const path = new URL("../document/testdata/nbgrader-solution.ipynb", import.meta.url);
  const notebooks = [{ name: "a.ipynb", notebook: await readNotebook(fileURLToPath(path)) }];
  for (const [format, found] of await texts(notebooks, "student")) {
    ok(!found.some((text) => text.includes(letters("NBGRADERSECRET"))), format);
  }
});

Deno.test("nobody's file shows a cell that is removed, or metadata that is no one's business", async () => {
  secrets.length = 0;
  const source = secretive("remove-cell");
  const [lesson, code] = source.cells;
  Object.assign(code.metadata, { nbgrader: { grade_id: secret("Nbgrader") } });
  Object.assign(lesson, { attachments: { "old.png": { "image/png": secret("LeftOver") } } });
  Object.assign(source.metadata, {
    widgets: { state: secret("Widgets") },
    authors: [{ name: secret("Author") }],
  });
  for (const edition of ["student", "teacher"] as const) {
    for (const [format, found] of await texts([{ name: "01-a.ipynb", notebook: source }], edition)) {
      const leaked = secrets.map(letters).filter((word) => found.some((text) => text.includes(word)));
      deepEqual(leaked, [], `${format}, ${edition}`);
    }
  }
});

Deno.test("no line of a solution in the course's own notebooks shows in a student's file", async () => {
  const notebooks = await Promise.all((await courseNotebooks()).map(async (path) => ({
    name: path,
    notebook: await readNotebook(path),
  })));
  const cells = notebooks.flatMap(({ notebook }) => notebook.cells);
  const isSolution = (cell: Notebook["cells"][number]) =>
    cell.metadata.tags?.some((tag) => /^(solution|teacher)$/.test(tag));
  const told = letters(JSON.stringify(cells.filter((cell) => !isSolution(cell))));
  const lines = cells.filter(isSolution).flatMap((cell) => [
    cell.source,
    ...cell.cell_type === "code"
      ? cell.outputs.map((output) => output.output_type === "stream" ? output.text : "")
      : [],
  ]).flatMap((text) => text.split("\n")).map(letters).filter((line) =>
    line.length >= 20 && !told.includes(line)
  );
  ok(lines.length > 10, `only ${lines.length} lines to look for`);
  for (const [format, found] of await texts(notebooks, "student", true)) {
    deepEqual(lines.filter((line) => found.some((text) => text.includes(line))), [], format);
  }
});

Deno.test("no link takes a notebook along as it is, however it is spelt", async () => {
  await inFolder(async (folder) => {
    secrets.length = 0;
    const links = ["b.ipynb?raw=1", "b%2Eipynb", "/b.ipynb", "./c.ipynb?x", "link.dat", "link.dat#b"];
    const markdown = links.map((href) => `[a link](${href})`).join(" ");
    const made = { "a.ipynb": notebook({ markdown }), "b.ipynb": secretive("teacher") };
    for (const name of ["b.ipynb", "c.ipynb"]) {
      Deno.writeTextFileSync(`${folder}/${name}`, JSON.stringify(made["b.ipynb"]));
    }
    Deno.symlinkSync(`${folder}/b.ipynb`, `${folder}/link.dat`);
    const files = new Files([`${folder}/a.ipynb`]);
    const notebooks = Object.entries(made).map(([name, notebook]) => {
      return { name, notebook, find: files.finder(`${folder}/${name}`, () => {}) };
    });
    for (const [format, found] of await texts(notebooks, "student")) {
      deepEqual(secrets.map(letters).filter((word) => found.some((text) => text.includes(word))), [], format);
      ok(found.some((text) => text.includes(letters("a link"))), format);
    }
  });
});

Deno.test("a teacher's cell is not among the solutions", async () => {
  secrets.length = 0;
  const notebooks = [{
    name: "a.ipynb",
    notebook: notebook(...hiding("teacher"), { code: "1", tags: ["solution"] }),
  }];
  const course = {
    title: "A course",
    formats: ["ipynb" as const],
    editions: ["student" as const],
    solutions: true,
  };
  const [, solution] = [...await renderHandouts(notebooks, course)].find(([name]) =>
    /^solutions\//.test(name)
  )!;
  const { sources } = typstSources(notebooks, { title: "A course", edition: "student", solutions: true });
  const found = letters([solution, ...sources.values()].join(" "));
  deepEqual(secrets.map(letters).filter((word) => found.includes(word)), []);
});
