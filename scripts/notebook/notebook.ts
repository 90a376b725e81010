/** Notebooks from and to a disk. @module */
import { isUtf8 } from "node:buffer";
import { CourseError } from "../common/errors.ts";
import { freeName, reasonOf, writeWhole } from "../common/files.ts";
import { formatNotebook } from "./format.ts";
import { type Cell, checkNotebook, isId, isTooDeep, type Notebook, type Output } from "./nbformat.ts";

export { formatNotebook } from "./format.ts";
export { checkNotebook } from "./nbformat.ts";
export type { Cell, CodeCell, Json, MimeBundle, Notebook, Output } from "./nbformat.ts";

/** Reads a notebook. Throws a `CourseError` that names the file and the place in it that is wrong. */
export async function readNotebook(path: string): Promise<Notebook> {
  const cannot = (why: string) => new CourseError(`Cannot read ${path}: ${why}.`);
  const bytes = await Deno.readFile(path).catch((error) => {
    throw cannot(`${reasonOf(error)}. Name a notebook (.ipynb)`);
  });
  if (!isUtf8(bytes)) throw cannot("it is not UTF-8 text. Restore it, or save it again in JupyterLab");
  return parseNotebook(new TextDecoder().decode(bytes), path);
}

/** The notebook in `text`; `name` is what errors call it. */
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
    throw cannot('it is no notebook: "nbformat" is missing', "Name a file that JupyterLab has saved");
  }
  if (nbformat !== 4) {
    const why = `its format is ${nbformat}.${nbformat_minor}, and only format 4 can be read`;
    throw cannot(why, "Open it in a current JupyterLab and save it");
  }
  return checkNotebook(
    { ...value, nbformat_minor, cells: Array.isArray(cells) ? withIds(cells) : cells },
    name,
  );
}

/** The outputs of a cell; none where it is no code. */
export function outputsOf(cell: Cell): readonly Output[] {
  return cell.cell_type === "code" ? cell.outputs : [];
}

/** Writes a notebook whole or not at all, as the file there is written, else as JupyterLab would; never what is not valid. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  const valid = checkNotebook(notebook, path);
  const before = await readNotebook(path).then(() => Deno.readTextFile(path)).catch(() => "");
  await writeWhole(path, formatNotebook(valid, before));
}

function whatIsWrong({ message }: SyntaxError, text: string): string {
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? -1);
  const isCut = /end of JSON|unterminated/i.test(message) || position >= text.trimEnd().length;
  if (/^<{7} /m.test(text)) return "git could not merge it, and both versions are in it";
  if (isCut) return "it ends too early: a part of the file is missing";
  return `it is not JSON${line ? ` (line ${line}, column ${column})` : ""}`;
}

type Raw = Record<string, unknown>;

/** Gives cells without an id of their own, as before 4.5 or where one was copied, the same one each time: their number. */
function withIds(cells: (Raw | null)[]): unknown[] {
  const ids = cells.map((cell) => cell?.id);
  const isOwn = (id: unknown, at: number) => isId(id) && ids.indexOf(id) === at;
  const taken = ids.filter(isOwn) as string[];
  return cells.map((cell, at) =>
    cell && !isOwn(cell.id, at) ? { ...cell, id: freeName(`${at + 1}`, taken) } : cell
  );
}
