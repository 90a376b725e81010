/** The parts of a page that let it come alive. @module */
import type { CodeCell, Notebook } from "../../notebook/notebook.ts";
import { hasTag, readDeclarations } from "../../parameters/declaration.ts";
import { literal, type Type } from "../../parameters/type.ts";
import type { HandoutDocument } from "../document/document.ts";

/** What the script needs to know of a page beside what it reads in it. */
export interface LiveData {
  /** The ids of blocks that take their time: they run only when they are asked for. */
  realTime: string[];
  /** The block in which the parameters get their values. */
  parameters?: { block: string; declared: LiveParameter[] };
}

/** A parameter; `value` is source text. */
export interface LiveParameter {
  name: string;
  type: Type;
  value: string;
  help: string;
}

/** Returns what the script needs to know of a page; undefined for a notebook that a page cannot run. */
export function liveData({ cells }: Notebook, { blocks, language, parameters }: HandoutDocument) {
  const shown = new Map(
    blocks.flatMap((block) => block.kind === "code" && block.source ? [[block.id, block]] : []),
  );
  const code = cells.filter((cell): cell is CodeCell => cell.cell_type === "code" && shown.has(idOf(cell)));
  if (language !== "typescript" || !code.some(({ source }) => source.includes('from "@course/lib"'))) return;
  const tagged = (tag: string) => code.filter((cell) => hasTag(cell, tag));
  const data: LiveData = { realTime: tagged("real-time").map(idOf) };
  const [declaring] = tagged("parameters");
  const block = tagged("injected-parameters")[0] ?? declaring;
  try {
    const values = new Map(parameters.map(({ name, value }) => [name, value]));
    const declared = readDeclarations(declaring.source, "the cell").map((it) => ({
      ...it,
      value: values.get(it.name) ?? literal(it.default),
    }));
    data.parameters = { block: idOf(block), declared };
  } catch { /* it has none, or none that can be controls */ }
  return data;
}

const idOf = (cell: CodeCell) => `cell-${cell.id}`;

/** Nothing comes from elsewhere, and no code but the page's own and that of its cells runs. */
const policy =
  "default-src 'none'; script-src 'self' file: blob:; worker-src blob:; style-src 'unsafe-inline'; " +
  "img-src data:; base-uri 'none'; form-action 'none'";

/** What a live page has in its head. */
export function LiveHead() {
  return <meta http-equiv="Content-Security-Policy" content={policy} />;
}

/** What a live page ends with; without JavaScript, nothing of it shows. */
export function LiveScript({ data, src }: { data: LiveData; src: string }) {
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return (
    <>
      <script type="application/json" id="live" dangerouslySetInnerHTML={{ __html: json }} />
      <script src={src} />
    </>
  );
}
