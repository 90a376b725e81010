/** Reads and writes notebooks. @module */
import { isUtf8 } from "node:buffer";
import { CourseError } from "../common/errors.ts";
import { freeName, reasonOf, writeWhole } from "../common/files.ts";
import { formatNotebook } from "./format.ts";
import { type Cell, checkNotebook, isId, isTooDeep, type Notebook, type Output } from "./nbformat.ts";

export { formatNotebook } from "./format.ts";
export { checkNotebook } from "./nbformat.ts";
export type { Cell, CodeCell, Json, MimeBundle, Notebook, Output } from "./nbformat.ts";

/** Reads a notebook. Throws a `CourseError` that names the file and what is wrong in it. */
export async function readNotebook(path: string): Promise<Notebook> {
  const cannot = (why: string) => new CourseError(`Cannot read ${path}: ${why}.`);
  const bytes = await Deno.readFile(path).catch((error) => {
    throw cannot(`${reasonOf(error)}. Name a notebook (.ipynb)`);
  });
  if (!isUtf8(bytes)) throw cannot("it is not UTF-8 text. Restore it, or save it again in JupyterLab");
  return parseNotebook(new TextDecoder().decode(bytes), path);
}

/** Parses the text of a notebook's file; `name` is its name in errors. */
export function parseNotebook(text: string, name: string): Notebook {
  const cannot = (why: string, wayOut = "Restore it, or save it again in JupyterLab") =>
    new CourseError(`Cannot read ${name}: ${why}. ${wayOut}.`);
  if (text.trim() === "") throw cannot("the file is empty", "Restore it, or delete it");
  let value: Raw | null;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw cannot(whatIsWrong(error as SyntaxError, text));
  }
  if (isTooDeep(value)) throw cannot("its JSON is nested too deeply");
  const { nbformat, nbformat_minor = 5, cells } = value ?? {};
  if (typeof nbformat !== "number") {
    throw cannot('it is not a notebook: "nbformat" is missing', "Name a file that JupyterLab has saved");
  }
  if (nbformat !== 4) {
    const why = `its format is ${nbformat}.${nbformat_minor}, and only format 4 can be read`;
    throw cannot(why, "Open it in a current JupyterLab and save it");
  }
  const identified = Array.isArray(cells) ? withIds(cells) : cells;
  return checkNotebook({ ...value, nbformat_minor, cells: identified }, name);
}

/** Returns the outputs of a cell; cells other than code have none. */
export function outputsOf(cell: Cell): readonly Output[] {
  return cell.cell_type === "code" ? cell.outputs : [];
}

/** Writes a notebook atomically, in the style of the existing file, or else in JupyterLab's. Refuses an invalid one. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  const valid = checkNotebook(notebook, path);
  const before = await readNotebook(path).then(() => Deno.readTextFile(path)).catch(() => "");
  await writeWhole(path, formatNotebook(valid, before));
}

function whatIsWrong({ message }: SyntaxError, text: string): string {
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? -1);
  const isCut = /end of JSON|unterminated/i.test(message) || position >= text.trimEnd().length;
  if (/^<{7} /m.test(text)) return "it contains an unresolved git merge conflict";
  if (isCut) return "it ends too early: part of the file is missing";
  return `it is not JSON${line ? ` (line ${line}, column ${column})` : ""}`;
}

type Raw = Record<string, unknown>;

/** Gives cells without a valid, unique id (those from before 4.5, and copies) their number as id. */
function withIds(cells: (Raw | null)[]): unknown[] {
  const ids = cells.map((cell) => cell?.id);
  const isUnique = (id: unknown, at: number) => isId(id) && ids.indexOf(id) === at;
  const taken = ids.filter(isUnique) as string[];
  return cells.map((cell, at) =>
    cell && !isUnique(cell.id, at) ? { ...cell, id: freeName(`${at + 1}`, taken) } : cell
  );
}
