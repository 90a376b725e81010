import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type CellSketch, display, notebook, stream } from "../testdata/fixtures.ts";
import type { CourseOptions } from "../document/parts.ts";
import { parseMarkdown } from "../document/markdown.ts";
import { renderMd } from "./md.ts";

const options: CourseOptions = { title: "A course", edition: "teacher" };

function page(...cells: CellSketch[]): string {
  return String(renderMd([{ name: "01-a.ipynb", notebook: notebook(...cells) }], options).get("01-a.md"))
    .split("\n---\n")[0].trim();
}

Deno.test("renderMd() keeps the author's Markdown as it is, the title on top", () => {
  equal(
    page({ markdown: "A badge\n\n# The `loop`\n\n*Text*  \nmore" }),
    "# The `loop`\n\nA badge\n\n\n*Text*  \nmore",
  );
  equal(page({ markdown: "# A\n" }, { markdown: "b\n\n# C" }), "# A\n\nb\n\n# C");
});

Deno.test("renderMd() fences code with its language, and printed text without colours", () => {
  equal(
    page({ markdown: "# A" }, { code: "await x;", outputs: [stream("\x1b[33ma\x1b[0m\n``` \n")] }),
    "# A\n\n```typescript\nawait x;\n```\n\n````text\na\n``` \n````",
  );
});

Deno.test("renderMd() puts pictures beside the page, with their texts", () => {
  const svg = `<svg aria-label="A [plot] &amp; more"><rect/></svg>`;
  const outputs = [display({ "image/svg+xml": svg }), display({ "image/png": "iVBORw==" })];
  const files = renderMd([{ name: "01 a.ipynb", notebook: notebook({ code: "1", outputs }) }], options);
  match(
    String(files.get("01 a.md")),
    /!\[A \\\[plot\\\] & more\]\(01%20a_files\/c1\.svg\)\n\n!\[Picture\]\(01%20a_files\/c1\.png\)/,
  );
  match(String(files.get("01 a_files/c1.svg")), /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  deepEqual(files.get("01 a_files/c1.png"), Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
});

Deno.test("renderMd() gives every picture of a cell a file that ends as such files do", () => {
  const outputs = [display({ "image/svg+xml": "<svg/>" }), display({ "image/svg+xml": "<svg/>" })];
  const files = renderMd([{ name: "a.ipynb", notebook: notebook({ code: "1", outputs }) }], options);
  deepEqual([...files.keys()].slice(2), ["a_files/c1.svg", "a_files/c1-1.svg"]);
});

Deno.test("renderMd() puts a note in the place of a broken picture", () => {
  match(
    page({ code: "1", outputs: [display({ "image/png": "AAAAA" })] }),
    /\*A picture is left out: it is not base64\.\*$/,
  );
});

Deno.test("renderMd() turns links to notebooks and attachments into links to files", () => {
  const files = renderMd([
    {
      name: "01.ipynb",
      notebook: notebook({
        markdown: "[on](02.ipynb#The-End) ![p](attachment:a%20b(1).png)\n\n`[c](02.ipynb)`",
        attachments: { "a b(1).png": { "image/png": "AAAA" } },
      }),
    },
    { name: "02.ipynb", notebook: notebook({ markdown: "## The end" }) },
  ], options);
  match(
    String(files.get("01.md")),
    /\[on\]\(02\.md#the-end\) !\[p\]\(01_files\/a-b-1-\.png\)\n\n`\[c\]\(02\.ipynb\)`/,
  );
  ok(files.has("01_files/a-b-1-.png"));
});

Deno.test("renderMd() makes a file of a picture that a text holds as a data: URL", () => {
  const markdown = `<img alt="a" src="data:image/svg+xml;base64,${btoa("<svg/>")}">`;
  const files = renderMd([{ name: "01.ipynb", notebook: notebook({ markdown }) }], options);
  const [, file] = String(files.get("01.md")).match(/<img alt="a" src="([^":]+\.svg)">/)!;
  match(String(files.get(file)), /^<svg /);
});

Deno.test("renderMd() ends every cell where it ends", () => {
  for (const open of ["```\na", "<!-- a", "<div>\n\na", "<details>", "~~~~\n~~~", "<script>"]) {
    const tokens = parseMarkdown(page({ markdown: "# T" }, { markdown: open }, { markdown: "## The next" }));
    ok(tokens.some(({ type, content }) => type === "inline" && content === "The next"), open);
  }
});

Deno.test("renderMd() keeps two lists apart", () => {
  const text = page({ markdown: "# T" }, { markdown: "1. a" }, { markdown: "1. b" });
  equal(parseMarkdown(text).filter(({ type }) => type === "ordered_list_open").length, 2);
});

Deno.test("renderMd() folds hidden code and marks solutions and places to work", () => {
  match(
    page({ code: "a", tags: ["hide-input"] }),
    /<details>\n<summary>Show the code<\/summary>\n\n```typescript\na\n```\n\n<\/details>/,
  );
  match(page({ code: "a", tags: ["solution"] }), /\*\*Solution\*\*\n\n```typescript\na/);
  const student = renderMd([{ name: "a", notebook: notebook({ code: "a", tags: ["solution"] }) }], {
    ...options,
    edition: "student",
  });
  match(String(student.get("a.md")), /\*\*Your turn\*\*\n\n```typescript\n\n/);
});

Deno.test("renderMd() shows one place to work where an exercise's cell says what to do", () => {
  const cells = notebook({ code: "// Swap them.\n" }, { code: "a\n".repeat(5) + "b", tags: ["solution"] });
  const student = renderMd([{ name: "a", notebook: cells }], { ...options, edition: "student" });
  const text = String(student.get("a.md"));
  match(text, /\n```typescript\n\/\/ Swap them\.\n{7}```\n/);
  equal(text.split("```").length, 3);
});

Deno.test("renderMd() lists the notebooks in README.md, whatever they are called", () => {
  const names = ["01.ipynb", "readme.ipynb"];
  const files = renderMd(
    names.map((name) => ({ name, notebook: notebook({ markdown: "# A *b*" }) })),
    options,
  );
  deepEqual([...files.keys()], ["README.md", "01.md", "readme-1.md"]);
  match(String(files.get("README.md")), /^# A course\n\n\*Teacher’s edition\*\n\n- \[A b\]\(01\.md\)\n/);
});

Deno.test("renderMd() tells at the end what made a page", () => {
  const source = notebook({ code: "const seed = 7;", tags: ["parameters"] });
  const files = renderMd([{ name: "x/a.ipynb", notebook: source }], {
    ...options,
    deno: "2",
  });
  match(
    String(files.get("a.md")),
    /---\n\nHow this page was made:\n\n- Notebook: a\.ipynb, teacher’s edition\n- Parameters: `seed = 7`\n- Kernel: Deno\n- Versions: Deno 2\n$/,
  );
});
