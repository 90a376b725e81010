import assert from "node:assert/strict";
import { join } from "node:path";
import { root } from "../../common/project.ts";
import { type Notebook, readNotebook } from "../../notebook/notebook.ts";
import { notebookOf, tempFolder } from "../../testdata/notebooks.ts";
import { checkEditor, withPictures } from "./editor.ts";

/** Returns a notebook with these code cells, and a picture of the last. */
function withEditor(...sources: string[]): Notebook {
  const notebook = notebookOf(...sources);
  const metadata = { editor: { cell: `cell-${sources.length}` } };
  notebook.cells.push({ cell_type: "markdown", id: "picture", metadata, source: "" });
  return notebook;
}

function pictureIn({ cells }: Notebook): { alt: string; svg: string } {
  const [, alt, data] = /^<img alt="([^"<>]*)" src="data:image\/svg\+xml;base64,([^"]*)">$/.exec(
    cells.at(-1)!.source,
  )!;
  return { alt, svg: new TextDecoder().decode(Uint8Array.fromBase64(data)) };
}

const imports = 'import { Queue, sleep } from "@course/lib";';
const code = `async function get(data: Queue<string>) {
  // @ts-ignore It is a future.
  const item: string = data.get();
  sleep(1);
}`;

Deno.test("the picture's text states every finding, and silencing comments are left out", () => {
  const { alt, svg } = pictureIn(withPictures({ path: "a.ipynb", notebook: withEditor(imports, code) }));
  assert.equal(
    alt,
    "The editor underlines line 1, hint: Async function 'get' has no 'await' expression. (require-await) " +
      "line 2, error: Type 'Future&lt;string&gt;' is not assignable to type 'string'. (TS2322) " +
      "line 3, hint: Promises must be awaited. (no-floating-promises)",
  );
  assert(svg.includes("aria-label=\"The editor underlines line 1, hint: Async function 'get'"));
  assert(!svg.includes("@ts-ignore"));
});

Deno.test("the picture has a squiggle under the code and one beside the message, red for errors, amber for hints", () => {
  const { svg } = pictureIn(withPictures({ path: "a.ipynb", notebook: withEditor(imports, code) }));
  const waves = [...svg.matchAll(/<path d="M([\d.]+),[^"]*" fill="none" stroke="(#\w+)"/g)];
  assert.deepEqual(waves.map(([, x, stroke]) => `${x} ${stroke}`), [
    "52.0 #c26a00",
    "114.4 #b3144b", // below `item`, eight letters in
    "67.6 #c26a00",
    "18.0 #c26a00",
    "18.0 #b3144b",
    "18.0 #c26a00",
  ]);
  assert.match(svg, /@media screen and \(prefers-color-scheme:dark\)/);
});

Deno.test("a squiggle below several lines leaves out their indentation", () => {
  const { svg } = pictureIn(
    withPictures({ path: "a.ipynb", notebook: withEditor(imports, "sleep(\n  1,\n);") }),
  );
  const places = [...svg.matchAll(/d="M([\d.]+),[^"]*" fill="none"/g)].map(([, x]) => x);
  assert.deepEqual(places, ["52.0", "67.6", "52.0", "18.0"]);
});

Deno.test("the picture of correct code says that there are no problems", () => {
  const { alt, svg } = pictureIn(withPictures({ path: "a.ipynb", notebook: withEditor("const a = 1;") }));
  assert.equal(alt, "The editor underlines nothing.");
  assert.match(svg, />No problems\.</);
});

Deno.test("withPictures() refuses a picture of a missing cell", () => {
  const notebook = withEditor("1");
  notebook.cells[1].metadata = { editor: { cell: "gone" } };
  assert.throws(() => withPictures({ path: "b/a.ipynb", notebook }), {
    message:
      'Cannot draw the picture in a.ipynb, cell 2: its editor.cell, "gone", is not the id of a code cell.',
  });
});

Deno.test("checkEditor() names a picture that is out of date, redraws it with update, and then finds nothing", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  const notebook = withEditor("const a = 1;");
  assert.match(
    (await checkEditor({ path, notebook }, false)).join(),
    /^a\.ipynb, cell 2: .*deno task check --update/,
  );
  assert.deepEqual(await checkEditor({ path, notebook }, true), []);
  const drawn = await readNotebook(path);
  assert.deepEqual(await checkEditor({ path, notebook: drawn }, false), []);
  drawn.cells[0].source = "const a: string = 1;";
  assert.equal((await checkEditor({ path, notebook: drawn }, false)).length, 1);
});

Deno.test("TypeScript is loaded for these pictures only", async () => {
  const code = `await import(${JSON.stringify(new URL("../../commands/check.ts", import.meta.url).href)});
    const { createRequire } = await import("node:module");
    console.log(Object.keys(createRequire(import.meta.url).cache).filter((it) => /typescript/.test(it)).length);`;
  const args = ["eval", "--config", join(root, "deno.json"), code];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  assert.equal(new TextDecoder().decode(stdout).trim(), "0");
});
