/**
 * Jupyter's notebook format 4 as a schema, and the types of a notebook in memory, inferred from it. The schema is more
 * lenient than the official one (nbformat.v4.5.schema.json): it drops unknown properties, and gives missing or null ones
 * their default. In a file, a text may be a list of lines, and cells may have no ids; in memory, a text is one string, and
 * every cell has an id.
 *
 * @module
 */
import * as v from "valibot";
import { CourseError } from "../common/errors.ts";

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** An object. valibot's own `object` would also accept a list. */
const anObject = v.custom<Record<string, unknown>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "expected an object",
);
const string = v.string();
const open = <E extends v.ObjectEntries>(entries: E) => v.pipe(anObject, v.looseObject(entries));
/** An optional property that is dropped if it is invalid. */
const ifValid = <S extends v.GenericSchema>(schema: S) => v.fallback(v.optional(schema), undefined);
/** A property that may be missing or null. */
const maybe = <S extends v.GenericSchema>(schema: S) =>
  v.optional(v.pipe(v.nullable(schema), v.transform((value) => value ?? undefined)));

const text = v.pipe(
  v.union([string, v.array(string)], "expected a string or a list of strings"),
  v.transform((value) => typeof value === "string" ? value : value.join("")),
);
/** Returns true if a value is nested too deeply for recursive programs; Python's stop at 1,000 levels. */
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
/** An output of a type that this format does not know is kept as it is. No code reads one, hence `never`. */
const foreignOutput = v.custom<never>(() => true);
const fileOutput = v.lazy((value) => {
  const { output_type } = Object(value);
  const isKnown = output.options.some(({ entries }) => entries.output_type.literal === output_type);
  return typeof output_type === "string" && !isKnown ? foreignOutput : output;
});
const cellId = v.pipe(string, v.regex(/^[\w-]{1,64}$/, "expected 1 to 64 letters, digits, - or _"));
const tag = v.pipe(string, v.regex(/^[^,]+$/, "expected a tag without commas"));
const tags = v.pipe(v.array(tag), v.transform((tags) => [...new Set(tags)]));
const cellMetadata = <E extends v.ObjectEntries>(entries: E) => {
  const forAll = {
    tags: maybe(tags),
    name: ifValid(v.pipe(string, v.nonEmpty())),
    jupyter: ifValid(open({})),
  };
  return v.optional(open({ ...forAll, ...entries }), {});
};
const codeMetadata = cellMetadata({
  execution: ifValid(open({})),
  collapsed: ifValid(v.boolean()),
  scrolled: ifValid(v.union([v.boolean(), v.literal("auto")])),
});
const shown = { data: mimeBundle, metadata: v.optional(open({}), {}) };

const output = v.variant("output_type", [
  v.object({ output_type: v.literal("execute_result"), execution_count: count, ...shown }),
  v.object({ output_type: v.literal("display_data"), ...shown }),
  v.object({ output_type: v.literal("stream"), name: string, text }),
  v.object({ output_type: v.literal("error"), ename: string, evalue: string, traceback: v.array(string) }),
]);

const anyCell = { id: cellId, source: text };
const cell = v.variant("cell_type", [
  v.object({
    cell_type: v.literal("code"),
    ...anyCell,
    metadata: codeMetadata,
    outputs: v.optional(v.array(fileOutput), []),
    execution_count: count,
  }),
  v.object({ cell_type: v.literal("markdown"), ...anyCell, metadata: cellMetadata({}), attachments }),
  v.object({
    cell_type: v.literal("raw"),
    ...anyCell,
    metadata: cellMetadata({ format: ifValid(string) }),
    attachments,
  }),
]);

const notebook = v.pipe(
  anObject,
  v.object({
    metadata: open({
      kernelspec: ifValid(open({ name: string, display_name: string })),
      language_info: ifValid(open({ name: string })),
    }),
    nbformat: v.literal(4),
    nbformat_minor: whole,
    cells: v.array(cell),
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

/** Returns true if a value is a valid id of a cell. */
export const isId = (value: unknown): value is string => v.is(cellId, value);

/** Returns the value as a notebook, with texts joined into strings. Throws a `CourseError` if it is not valid. */
export function checkNotebook(value: unknown, name: string): Notebook {
  const result = v.safeParse(notebook, value);
  if (result.success) return result.output;
  const wrong = explain(result.issues[0]);
  throw new CourseError(
    `${name} is not a valid notebook: ${wrong}. Correct it there, or save it again in JupyterLab.`,
  );
}

/** Returns an output as a notebook stores it, or the reason why it is invalid. */
export function checkOutput(value: unknown): { output: Output } | { wrong: string } {
  const result = v.safeParse(output, value);
  return result.success ? { output: result.output } : { wrong: explain(result.issues[0]) };
}

/** Words an issue of valibot's: "cell 3, outputs[0].name: expected string but received 5". */
function explain(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)?.replace(/\.(\d+)/g, "[$1]").replace(/\.(?=\w+\/)/, ": ") ?? "";
  const place = path.replace(/^cells\[(\d+)\]\.?/, (_, at) => `cell ${Number(at) + 1}, `).replace(/, $/, "");
  const message = issue.message.replace(/^Invalid [\w ]+: E/, "e").replace(/\s+/g, " ");
  const why = issue.received === "undefined" ? "it is missing" : message.slice(0, 120);
  return place ? `${place}: ${why}` : why;
}
