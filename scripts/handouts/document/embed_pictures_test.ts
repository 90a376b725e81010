import { deepEqual, equal, match } from "node:assert/strict";
import type { Notebook } from "../../notebook/notebook.ts";
import { embedPictures } from "./embed_pictures.ts";

async function embedded(source: string, files: Record<string, string> = {}) {
  const folder = await Deno.makeTempDir();
  try {
    Deno.mkdirSync(`${folder}/img`);
    for (const [name, text] of Object.entries(files)) Deno.writeTextFileSync(`${folder}/${name}`, text);
    const cell = { cell_type: "markdown" as const, id: "a", metadata: {}, source };
    const notebook: Notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    const result = await embedPictures(`${folder}/x.ipynb`, notebook);
    const [changed] = result.notebook.cells;
    if (changed.cell_type !== "markdown") throw new Error("another kind of cell");
    return { ...changed, missing: result.missing };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("embedPictures() attaches what lies beside the notebook, under names of their own", async () => {
  const { source, attachments } = await embedded("![a](img/my%20cat.png) ![b](<my cat.png>) [link](img/)", {
    "img/my cat.png": "one",
    "my cat.png": "two",
  });
  equal(source, "![a](attachment:my_cat.png) ![b](attachment:my_cat-2.png) [link](img/)");
  deepEqual(attachments, { "my_cat.png": { "image/png": "b25l" }, "my_cat-2.png": { "image/png": "dHdv" } });
});

Deno.test("embedPictures() puts pictures of raw HTML into it", async () => {
  const { source } = await embedded('<img alt="x" src="a.svg"> and ![x](a.gif)', {
    "a.svg": "<svg/>",
    "a.gif": "gif",
  });
  match(source, /src="data:image\/svg\+xml;base64,PHN2Zy8\+"> and !\[x\]\(attachment:a\.gif\)/);
});

Deno.test("embedPictures() names what is not there, and leaves the rest alone", async () => {
  const text = "![a](no.png) ![b](https://example.com/a.png) ![c](attachment:c.png) `![d](d.png)`";
  const { source, missing } = await embedded(text);
  equal(source, text);
  deepEqual(missing, ["no.png"]);
});
