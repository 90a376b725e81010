/** The parts that make a page live: the data for its script, and its policy. @module */
import { createHash } from "node:crypto";
import type { Cell, Notebook } from "../../notebook/notebook.ts";
import { hasTag, type Parameter, readDeclarations } from "../../parameters/declaration.ts";
import { literal } from "../../parameters/type.ts";
import type { HandoutDocument } from "../document/document.ts";
import { checkedIn } from "../document/exercises.ts";
import { type Element, h, wordsOf } from "../document/tree.ts";
import { frameScript } from "./frame.ts";

/** The data that the script needs besides the page itself. */
export interface LiveData {
  /** The block in which the parameters get their values. */
  parameters?: { block: string; declared: LiveParameter[] };
  /** The exercises left to the reader: none where the page has the solutions. */
  exercises: string[];
  /** The notebook to download, in which a cell's id is that of its block without "cell-". */
  notebook: Notebook;
}

/** The data of an index: the exercises of each page, and the texts of all blocks. */
export type IndexData = ReturnType<typeof indexData>;

/** A parameter; `value` is source text. */
export type LiveParameter = Pick<Parameter, "name" | "type" | "help"> & { value: string };

/** Returns the data of an index of these pages. */
export function indexData(documents: HandoutDocument[]) {
  const sections = documents.flatMap(({ blocks }, page) =>
    blocks.flatMap((block) => {
      if (block.role === "hint") return [];
      const text = block.kind === "markdown" ? wordsOf(block.content) : block.kind === "code" && block.source;
      return text ? [{ page, id: block.id, text: text.trim().replace(/\s+/g, " ") }] : [];
    })
  );
  return { exercises: documents.map(exercisesOf), sections };
}

const exercisesOf = ({ blocks }: HandoutDocument) =>
  blocks.flatMap((block) => block.kind === "code" ? checkedIn(block.source) : []);

/**
 * Returns the data of a page, or undefined for a notebook that a page cannot run.
 *
 * @param notebook as handed out
 */
export function liveData(notebook: Notebook, document: HandoutDocument): LiveData | undefined {
  const { edition, language, parameters } = document;
  const code = notebook.cells.filter(({ cell_type }) => cell_type === "code");
  if (language !== "typescript" || !code.some(({ source }) => source.includes('from "@course/lib"'))) return;
  const tagged = (tag: string) => code.find((cell) => hasTag(cell, tag));
  const cells = notebook.cells.map((it): Cell => it.cell_type === "code" ? { ...it, outputs: [] } : it);
  const exercises = edition === "student" ? exercisesOf(document) : [];
  const data: LiveData = { exercises, notebook: { ...notebook, cells } };
  const declaring = tagged("parameters");
  const valueOf = (it: Parameter) => parameters.get(it.name) ?? literal(it.default);
  try {
    const all = readDeclarations(declaring!.source, "the cell");
    const declared = all.map((it) => ({ ...it, value: valueOf(it) }));
    data.parameters = { block: `cell-${(tagged("injected-parameters") ?? declaring)!.id}`, declared };
  } catch { /* it has none, or none that can be controls */ }
  return data;
}

/** A live page's data, and the address of its script. */
export type Live = { data: LiveData | IndexData; src: string };

/** Returns the name of a script in a policy. */
export const hashOf = (script: string): string =>
  `'sha256-${createHash("sha256").update(script).digest("base64")}'`;

/** The sources from which a page in a folder may load its script. */
export const sources = "'self' file:";

/** Nothing is loaded from elsewhere, and no code runs but the page's own and that of its cells. */
const policy = `default-src 'none'; script-src ${sources} blob: ${hashOf(frameScript)}; worker-src blob:; ` +
  "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The addition to a live page's head. */
export const liveHead = h("meta", { "http-equiv": "Content-Security-Policy", content: policy });

/** Returns the end of a live page, which does not show. */
export function liveScripts({ data, src }: Live): Element[] {
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return [h("script", { type: "application/json", id: "live" }, json), h("script", { src })];
}
