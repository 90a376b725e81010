/**
 * Jupyter's notebook format 4 as a schema, and the types of a notebook in memory, inferred from it. It takes more than the
 * official JSON schema (nbformat.v4.5.schema.json): what other front ends add is left out, and what they leave out, or write
 * as null, has its usual value. On a disk a text may be a list of lines, and have no ids; in memory it is one string, and
 * has them.
 *
 * @module
 */
import * as v from "valibot";
import { CourseError } from "../common/errors.ts";

/** Anything JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** valibot's own objects would let a list pass for an object. */
const anObject = v.custom<Record<string, unknown>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "expected an object",
);
const string = v.string();
const open = <E extends v.ObjectEntries>(entries: E) => v.pipe(anObject, v.looseObject(entries));
/** A property that may be left out, and is where it is not right. */
const ifRight = <S extends v.GenericSchema>(schema: S) => v.fallback(v.optional(schema), undefined);
/** A property that may be left out, or be null. */
const maybe = <S extends v.GenericSchema>(schema: S) =>
  v.optional(v.pipe(v.nullable(schema), v.transform((value) => value ?? undefined)));

const text = v.pipe(
  v.union([string, v.array(string)], "expected a string or a list of strings"),
  v.transform((value) => typeof value === "string" ? value : value.join("")),
);
/** Returns true if a value is nested deeper than programs that walk through it can follow; Python's own stop at 1,000 levels. */
export const isTooDeep = (value: unknown, levels = 500): boolean =>
  typeof value === "object" && value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1)));
const json = v.custom<Json>((value) => !isTooDeep(value), "it is nested too deeply");
const mimeBundle = v.pipe(
  anObject,
  v.lazy((bundle): v.GenericSchema<Record<string, unknown>, Record<string, Json>> => {
    const types = Object.keys(bundle as object);
    const isJson = (type: string) => /^application\/(.*\+)?json$/.test(type);
    return v.object(Object.fromEntries(types.map((type) => [type, isJson(type) ? json : text])));
  }),
);
const attachments = maybe(v.pipe(anObject, v.record(string, mimeBundle)));

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = v.optional(v.nullable(whole), null);
const cellId = v.pipe(string, v.regex(/^[\w-]{1,64}$/, "expected 1 to 64 letters, digits, - or _"));
const tag = v.pipe(string, v.regex(/^[^,]+$/, "expected a tag without commas"));
const tags = v.pipe(v.array(tag), v.transform((tags) => [...new Set(tags)]));
const cellMetadata = v.optional(
  open({
    tags: maybe(tags),
    name: ifRight(v.pipe(string, v.nonEmpty())),
    jupyter: ifRight(open({})),
    execution: ifRight(open({})),
    collapsed: ifRight(v.boolean()),
    scrolled: ifRight(v.union([v.boolean(), v.literal("auto")])),
    format: ifRight(string),
  }),
  {},
);
const shown = { data: mimeBundle, metadata: v.optional(open({}), {}) };

const output = v.variant("output_type", [
  v.object({ output_type: v.literal("execute_result"), execution_count: count, ...shown }),
  v.object({ output_type: v.literal("display_data"), ...shown }),
  v.object({ output_type: v.literal("stream"), name: string, text }),
  v.object({ output_type: v.literal("error"), ename: string, evalue: string, traceback: v.array(string) }),
]);

const anyCell = { id: cellId, metadata: cellMetadata, source: text };
const cell = v.variant("cell_type", [
  v.object({
    cell_type: v.literal("code"),
    ...anyCell,
    outputs: v.optional(v.array(output), []),
    execution_count: count,
  }),
  v.object({ cell_type: v.literal("markdown"), ...anyCell, attachments }),
  v.object({ cell_type: v.literal("raw"), ...anyCell, attachments }),
]);

const cells = v.pipe(
  v.array(cell),
  v.check((all) => new Set(all.map(({ id }) => id)).size === all.length, "two cells have the same id"),
);

const notebook = v.pipe(
  anObject,
  v.object({
    metadata: open({
      kernelspec: ifRight(open({ name: string, display_name: string })),
      language_info: ifRight(open({ name: string })),
    }),
    nbformat: v.literal(4),
    nbformat_minor: whole,
    cells,
  }),
);

/** A notebook in memory. */
export type Notebook = v.InferOutput<typeof notebook>;
/** A cell of any kind. */
export type Cell = Notebook["cells"][number];
/** A cell with code and its outputs. */
export type CodeCell = Extract<Cell, { cell_type: "code" }>;
/** One output of a cell of code. */
export type Output = v.InferOutput<typeof output>;
/** The same content in several media types, such as "text/plain" and "image/svg+xml". */
export type MimeBundle = v.InferOutput<typeof mimeBundle>;

/** Returns true if a value can be a cell's id. */
export const isId = (value: unknown): value is string => v.is(cellId, value);

/** The value as a notebook, once it is one by the official schema; texts are joined to one string each. */
export function checkNotebook(value: unknown, name: string): Notebook {
  const result = v.safeParse(notebook, value);
  if (result.success) return result.output;
  const wrong = explain(result.issues[0]);
  throw new CourseError(
    `${name} is not a valid notebook: ${wrong}. Correct it there, or save it again in JupyterLab.`,
  );
}

/** The output as a notebook holds it, or why none can. */
export function checkOutput(value: unknown): { output: Output } | { wrong: string } {
  const result = v.safeParse(output, value);
  return result.success ? { output: result.output } : { wrong: explain(result.issues[0]) };
}

/** "cell 3, outputs[0].name: expected string but received 5", from valibot's issue. */
function explain(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)?.replace(/\.(\d+)/g, "[$1]").replace(/\.(?=\w+\/)/, ": ") ?? "";
  const place = path.replace(/^cells\[(\d+)\]\.?/, (_, at) => `cell ${Number(at) + 1}, `).replace(/, $/, "");
  const message = issue.message.replace(/^Invalid [\w ]+: E/, "e").replace(/\s+/g, " ");
  const why = issue.received === "undefined" ? "it is missing" : message.slice(0, 120);
  return place ? `${place}: ${why}` : why;
}
