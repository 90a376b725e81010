import { deepEqual, equal, ok } from "node:assert/strict";
import { buildDocument, factsOf, type WorkBlock } from "./document.ts";
import { type Element, elementsOf, hasClass, type Node, wordsOf } from "./tree.ts";
import { display, notebook, stream } from "../testdata/fixtures.ts";

const student = { name: "notebooks/01-a.ipynb", edition: "student" } as const;
const outputs = ({ content }: { content: Node[] }) =>
  [...elementsOf(content)].filter((element) => hasClass(element, "text"));
const isFolded = ({ content }: { content: Node[] }) =>
  [...elementsOf(content)].some(({ tag }) => tag === "details");
const teacher = { ...student, edition: "teacher" } as const;

Deno.test("buildDocument() lifts the first top heading out as the title", () => {
  const document = buildDocument(notebook({ markdown: "A badge\n\n# The `loop`\n\nText" }), student);
  equal(document.title, "The loop");
  ok([...elementsOf(document.blocks[0].content)].every(({ tag }) => tag !== "h1"));
});

Deno.test("buildDocument() leaves no empty block where the title was alone", () => {
  deepEqual(buildDocument(notebook({ markdown: "# A" }), student).blocks, []);
});

Deno.test("buildDocument() takes the title from the file where there is no heading", () => {
  equal(buildDocument(notebook({ markdown: "Text" }), student).title, "01-a");
});

Deno.test("buildDocument() gives headings unique ids and skips no level", () => {
  const { headings } = buildDocument(notebook({ markdown: "# T\n#### A\n# B\n### A" }), student);
  deepEqual(headings.map(({ level, id }) => `${level} ${id}`), ["2 a", "2 b", "3 a-1"]);
});

Deno.test("buildDocument() never names a heading as it names a cell", () => {
  const document = buildDocument(notebook({ markdown: "## cell c1\n\n## contents" }), student);
  const ids = [...document.blocks, ...document.headings].map(({ id }) => id);
  deepEqual(ids, ["cell-c1", "cell-c1-1", "contents-1"]);
});

Deno.test("buildDocument() applies the removal tags", () => {
  const source = notebook(
    { code: "gone", tags: ["remove-cell"] },
    { code: "input", tags: ["remove-input"], outputs: [stream("kept")] },
    { code: "alone", tags: ["remove-output"], outputs: [stream("gone")] },
    { code: "folded", tags: ["hide-input"] },
    { code: "both", tags: ["remove-input", "remove-output"], outputs: [stream("gone")] },
  );
  const cells = buildDocument(source, student).blocks.map((block) =>
    block.kind === "code" && [block.source, isFolded(block), outputs(block).length]
  );
  deepEqual(cells, [[undefined, false, 1], ["alone", false, 0], ["folded", true, 0]]);
});

Deno.test("buildDocument() leaves nothing of a solution in the student's edition", () => {
  const source = notebook(
    { markdown: "# SECRET title\n## SECRET heading", tags: ["solution"], attachments: { SECRET: {} } },
    { code: "const items = 'SECRET';", tags: ["solution", "parameters"], outputs: [stream("SECRET")] },
    { code: "1", tags: ["teacher"], outputs: [display({ "text/html": "SECRET" })] },
  );
  ok(!JSON.stringify(buildDocument(source, student)).includes("SECRET"));
  ok(JSON.stringify(buildDocument(source, teacher)).includes("SECRET"));
});

Deno.test("buildDocument() makes one place to work of neighbouring solutions", () => {
  const source = notebook({ code: "1", tags: ["solution"] }, { markdown: "2", tags: ["solution"] }, {
    code: "3",
  });
  deepEqual(buildDocument(source, student).blocks.map(({ kind }) => kind), ["work", "code"]);
});

Deno.test("buildDocument() puts an exercise's comments above its place to work, in the student's edition", () => {
  const source = notebook({ code: "// Swap them." }, { code: "1\n2\n3\n4\n5\n6", tags: ["solution"] });
  const [block, ...others] = buildDocument(source, student).blocks;
  equal(wordsOf(block.content).trim(), "// Swap them.");
  const { kind, id, task, lines } = block as WorkBlock;
  deepEqual([kind, id, task, lines], ["work", "cell-c1", "// Swap them.", 6]);
  deepEqual(others, []);
  deepEqual(buildDocument(source, teacher).blocks.map(({ kind }) => kind), ["code", "code"]);
});

Deno.test("buildDocument() marks outputs that a learner is to predict, and none of the teacher's", () => {
  const source = notebook({ id: "predict", markdown: "What?" }, { code: "1", outputs: [stream("1")] });
  const predicted = (options: typeof student | typeof teacher) =>
    buildDocument(source, options).blocks.map((block) =>
      block.kind === "code" && block.content.some((node) => (node as Element).tag === "details")
    );
  deepEqual(predicted(student), [false, true]);
  deepEqual(predicted(teacher), [false, false]);
});

Deno.test("buildDocument() tells parameters and kernel, but none of removed cells", () => {
  const source = notebook(
    { code: "const items = 20;\nconst seed = 7;", tags: ["parameters"] },
    { code: "const items = 4;", tags: ["injected-parameters", "remove-cell"] },
    { code: "const items = 3;", tags: ["injected-parameters"] },
    { code: "items = 4", tags: ["parameters"] },
  );
  const document = buildDocument(source, student);
  deepEqual([...document.parameters], [["items", "3"], ["seed", "7"]]);
  equal(document.kernel, "Deno");
});

Deno.test("buildDocument() takes an empty notebook", () => {
  deepEqual(buildDocument(notebook(), student).blocks, []);
});

Deno.test("buildDocument() marks what is left of the cell that the title came from", () => {
  const had = (...cells: { markdown: string }[]) =>
    buildDocument(notebook(...cells), student).blocks.flatMap((block) =>
      block.kind === "markdown" && block.hadTitle ? block.id : []
    );
  deepEqual(had({ markdown: "A badge" }, { markdown: "# A\n\nText" }, { markdown: "# B\n\nText" }), [
    "cell-c2",
  ]);
  deepEqual(had({ markdown: "# A" }, { markdown: "# B\n\nText" }), []);
  deepEqual(had({ markdown: "Text" }), []);
});

Deno.test("factsOf() tells notebook, edition, parameters, kernel and versions, and leaves out what there is none of", () => {
  const source = notebook({ code: "const items = 20;\nconst seed = 7;", tags: ["parameters"] });
  const facts = (cells: typeof source, provenance = {}) =>
    factsOf(buildDocument(cells, { name: "x/01-a.ipynb", edition: "student" }), provenance)
      .map(({ name, values }) => `${name}: ${values.join(", ")}`);
  deepEqual(facts(source, { title: "A course", byline: "A licence", deno: "2.9.6" }), [
    "Course: A course · A licence",
    "Notebook: 01-a.ipynb, student’s edition",
    "Parameters: items = 20, seed = 7",
    "Kernel: Deno",
    "Versions: Deno 2.9.6",
  ]);
  deepEqual(facts({ ...notebook(), metadata: {} }), ["Notebook: 01-a.ipynb, student’s edition"]);
});
