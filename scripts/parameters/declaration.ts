/** Reads the cell in which a notebook declares its parameters. @module */
import { parse } from "@babel/parser";
import { CourseError } from "../common/errors.ts";
import type { CodeCell, Notebook } from "../notebook/notebook.ts";
import { anyNumber, isIn, type NumberRange, rangeInWords, readRange } from "./range.ts";

/** What a parameter can be set to. */
export type Value = number | string | boolean;

/** A parameter, as its declaration has it: `const items: number = 20; // whole, 1 to 1000: items to make`. */
export interface Parameter {
  name: string;
  type: "number" | "string" | "boolean";
  /** How it is declared; code below it may set a `let` anew. */
  keyword: "const" | "let" | "var";
  default: Value;
  /** What a number may be. */
  range: NumberRange;
  /** What a string may be, where its type is a choice: `"fast" | "slow"`. */
  choices: string[] | undefined;
  /** What it does, in a few words; empty where nothing is said. */
  help: string;
}

/** Whether a cell has a tag. */
export function hasTag(cell: { metadata: { tags?: unknown } }, tag: string): boolean {
  return Array.isArray(cell.metadata.tags) && cell.metadata.tags.includes(tag);
}

/** Where the cell tagged `parameters` is among the cells; -1 where there is none. */
export function parametersCell(notebook: Notebook): number {
  return notebook.cells.findIndex((cell) => cell.cell_type === "code" && hasTag(cell, "parameters"));
}

/**
 * The parameters of a notebook, in the order of their declarations.
 *
 * Throws a `CourseError` where it has no cell tagged `parameters`, or one that holds anything but declarations of
 * numbers, strings and booleans.
 */
export function readParameters(notebook: Notebook, name: string): Parameter[] {
  const index = parametersCell(notebook);
  if (index < 0) {
    throw new CourseError(
      `Cannot set parameters of ${name}: it has no cell tagged "parameters". Tag one so.`,
    );
  }
  return readDeclarations((notebook.cells[index] as CodeCell).source, `${name}, cell ${index + 1}`);
}

/** The parameters that a cell declares; `where` names the cell in errors. */
export function readDeclarations(source: string, where: string): Parameter[] {
  const { program, comments } = parseCell(source, where);
  const parameters: Parameter[] = [];
  for (const statement of program.body) {
    const line = statement.loc?.start.line ?? 1;
    const refuse = (): never => {
      const code = source.split("\n")[line - 1].trim();
      throw new CourseError(
        `Cannot read the parameters of ${where}, line ${line}: "${code}" does not declare a number, a string ` +
          "or a boolean with its value. Move it to a cell of its own.",
      );
    };
    if (statement.type !== "VariableDeclaration") return refuse();
    const keyword = statement.kind as Parameter["keyword"];
    const end = statement.loc?.end.line;
    const comment = comments?.find(({ type, loc }) => type === "CommentLine" && loc?.start.line === end);
    for (const { id, init } of statement.declarations) {
      const value = literalOf(init as Node | null | undefined);
      if (id.type !== "Identifier" || value === undefined) return refuse();
      const annotation = id.typeAnnotation?.type === "TSTypeAnnotation"
        ? id.typeAnnotation.typeAnnotation
        : undefined;
      const type = typeof value as Parameter["type"];
      const { range, help } = type === "number"
        ? readRange(comment?.value ?? "")
        : { range: anyNumber, help: (comment?.value ?? "").trim() };
      const choices = choicesOf(annotation as Node);
      const wrong = unlike(value, range, choices);
      if (wrong) {
        throw new CourseError(
          `Cannot read the parameters of ${where}, line ${line}: ${id.name} is ${value}, and it is declared to be ` +
            `${wrong}. Change one of them.`,
        );
      }
      parameters.push({ name: id.name, type, keyword, default: value, range, choices, help });
    }
  }
  return parameters;
}

/** What a default should be, in words, where it is not. */
function unlike(value: Value, range: NumberRange, choices: string[] | undefined): string | undefined {
  if (typeof value === "number") return isIn(value, range) ? undefined : rangeInWords(range);
  return choices && !choices.includes(value as string) ? `one of ${choices.join(", ")}` : undefined;
}

function parseCell(source: string, where: string) {
  try {
    return parse(source, { sourceType: "module", plugins: ["typescript"] });
  } catch (error) {
    throw new CourseError(
      `Cannot read the parameters of ${where}: ${(error as Error).message}. Mend the cell.`,
    );
  }
}

/** What is used here of the parser's nodes. */
interface Node {
  type: string;
  value?: unknown;
  name?: string;
  operator?: string;
  argument?: Node;
  types?: Node[];
  literal?: Node;
  quasis?: { value: { cooked?: string } }[];
}

/** The value of a literal, `Infinity` and signs among them; undefined for any other code. */
function literalOf(node: Node | null | undefined): Value | undefined {
  switch (node?.type) {
    case "NumericLiteral":
    case "StringLiteral":
    case "BooleanLiteral":
      return node.value as Value;
    case "TemplateLiteral":
      return node.quasis?.length === 1 ? node.quasis[0].value.cooked : undefined;
    case "Identifier":
      return node.name === "Infinity" ? Infinity : undefined;
    case "UnaryExpression": {
      const value = literalOf(node.argument);
      return typeof value === "number" && node.operator === "-" ? -value : undefined;
    }
  }
}

function choicesOf(annotation: Node | undefined): string[] | undefined {
  if (annotation?.type !== "TSUnionType") return undefined;
  const literals = annotation.types?.map((type) => literalOf(type.literal)) ?? [];
  return literals.every((value) => typeof value === "string") ? literals : undefined;
}
