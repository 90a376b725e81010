/** Reads the cell in which a notebook declares its parameters. @module */
import { parse } from "@babel/parser";
import { CourseError, messageOf } from "../common/errors.ts";
import { isChanged } from "../common/numbers.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { readRange } from "./range.ts";
import { isOf, type Kind, literal, takesNumbers, type Type, typeInWords, type Value } from "./type.ts";

/** A parameter, as its declaration has it: `const items: number = 20; // whole, 1 to 1000: items to make`. */
export interface Parameter {
  name: string;
  type: Type;
  /** The keyword that declares it; code below it may set a `let` anew. */
  keyword: "const" | "let" | "var";
  default: Value;
  /** A few words on what it does; empty where nothing is said. */
  help: string;
}

/** Returns true where a cell has a tag. */
export function hasTag(cell: { metadata: { tags?: unknown } }, tag: string): boolean {
  return Array.isArray(cell.metadata.tags) && cell.metadata.tags.includes(tag);
}

/** The index of the cell tagged `parameters`; -1 where there is none. */
export function parametersCell(notebook: Notebook): number {
  return parametersCells(notebook)[0] ?? -1;
}

function parametersCells({ cells }: Notebook): number[] {
  return [...cells.keys()].filter((at) => cells[at].cell_type === "code" && hasTag(cells[at], "parameters"));
}

/**
 * Reads the parameters of a notebook, in the order of their declarations.
 *
 * Throws a `CourseError` where it has no cell tagged `parameters`, or one that holds anything but declarations of
 * values.
 */
export function readParameters(notebook: Notebook, name: string): Parameter[] {
  const cannot = (why: string) => new CourseError(`Cannot set parameters of ${name}: ${why}`);
  const [first, second] = parametersCells(notebook);
  if (first === undefined) throw cannot('it has no cell tagged "parameters". Tag one so.');
  const both = `cells ${first + 1} and ${second + 1} are both tagged "parameters"`;
  if (second) throw cannot(`${both}. Put all declarations into one of them.`);
  return readDeclarations(notebook.cells[first].source, `${name}, cell ${first + 1}`);
}

/** Reads the parameters that a cell declares; `where` names the cell in errors. */
export function readDeclarations(source: string, where: string): Parameter[] {
  const cell = parseCell(source, where);
  return cell.program.body.flatMap((statement) => {
    const line = statement.loc?.start.line ?? 1;
    const [code] = source.slice(statement.start!, statement.end!).split("\n");
    const refuse = (why: string): never => {
      throw new CourseError(`Cannot read the parameters of ${where}, line ${line}: ${why}`);
    };
    const wayOut = `"${code}" does not declare a number, a text, true, false, null, or a list of them, ` +
      "with its value written out. Move it to a cell of its own.";
    if (statement.type !== "VariableDeclaration") return refuse(wayOut);
    return declarationsOf(statement, cell, source).map(({ name, value, type, help }): Parameter => {
      if (name === undefined || value === undefined || !type) return refuse(wayOut);
      if (!isOf(value, type)) {
        refuse(`${name} is ${value}, and it is declared to be ${typeInWords(type)}. Change one of them.`);
      }
      return { name, type, keyword: statement.kind as "const", default: value, help };
    });
  });
}

/** Reads the declarations of a statement; a name, a value or a type that is not written out is undefined. */
export function declarationsOf({ declarations, loc }: Declarations, { comments }: Parsed, source: string) {
  const isBeside = (place: typeof loc) => place?.start.line === loc?.end.line;
  const comment = comments?.find(({ type, loc }) => type === "CommentLine" && isBeside(loc))?.value ?? "";
  return declarations.map(({ id, init }) => {
    const value = literalOf(init);
    const cast = init?.type === "TSAsExpression" || init?.type === "TSSatisfiesExpression" ? init : undefined;
    const [name, annotation] = id.type === "Identifier"
      ? [id.name, (id.typeAnnotation as { typeAnnotation?: Annotation })?.typeAnnotation]
      : [];
    const type = typeFrom(annotation ?? cast?.typeAnnotation, source) ??
      (value === undefined ? undefined : typeOf(value));
    const { range, help } = type && takesNumbers(type)
      ? readRange(comment)
      : { range: {}, help: comment.trim() };
    return { name, value, type: type && { ...type, range }, help };
  });
}

/** Parses a cell; `where` names it in errors. */
export function parseCell(source: string, where: string) {
  try {
    return parse(source, { sourceType: "module", plugins: ["typescript"] });
  } catch (error) {
    throw new CourseError(`Cannot read the parameters of ${where}: ${messageOf(error)}. Mend the cell.`);
  }
}

type Parsed = ReturnType<typeof parseCell>;
type Declarations = Extract<Parsed["program"]["body"][number], { type: "VariableDeclaration" }>;
type Expression = NonNullable<Declarations["declarations"][number]["init"]>;
type Annotation = Extract<Expression, { type: "TSAsExpression" }>["typeAnnotation"];
type Node = Expression | Annotation;

/** The value of a literal, or of a list of literals; undefined for any other code, and for a number that changes. */
export function literalOf(node: { type: string } | null | undefined): Value | undefined {
  const read = literals[node?.type as Node["type"]] as ((node: unknown) => Value | undefined) | undefined;
  return read?.(node);
}

const literals: { [T in Node["type"]]?: (node: Extract<Node, { type: T }>) => Value | undefined } = {
  NumericLiteral: ({ extra, value }) => isChanged(String(extra?.raw)) ? undefined : value,
  StringLiteral: ({ value }) => value,
  BooleanLiteral: ({ value }) => value,
  NullLiteral: () => null,
  TemplateLiteral: ({ quasis: [first, ...others] }) =>
    others.length > 0 ? undefined : first.value.cooked ?? "",
  Identifier: ({ name }) => name === "Infinity" ? Infinity : undefined,
  UnaryExpression({ operator, argument }) {
    const value = literalOf(argument);
    return typeof value === "number" && operator === "-" ? -value : undefined;
  },
  ArrayExpression({ elements }) {
    const items = elements.map(literalOf);
    return items.some((item) => item === undefined || Array.isArray(item)) ? undefined : items as Value[];
  },
  TSAsExpression: ({ expression }) => literalOf(expression),
  TSSatisfiesExpression: ({ expression }) => literalOf(expression),
  TSLiteralType: ({ literal }) => literalOf(literal),
  TSNullKeyword: () => null,
};

const keywords: Record<string, Kind | undefined> = {
  TSNumberKeyword: "number",
  TSStringKeyword: "string",
  TSBooleanKeyword: "boolean",
};

/** Reads an annotation; returns undefined where it is none that a value can be checked against. */
function typeFrom(node: Annotation | undefined, source: string): Omit<Type, "range"> | undefined {
  if (!node) return undefined;
  if (node.type === "TSTypeOperator" || node.type === "TSParenthesizedType") {
    return typeFrom(node.typeAnnotation, source);
  }
  const written = source.slice(node.start!, node.end!);
  if (node.type === "TSArrayType") {
    const item = typeFrom(node.elementType, source);
    return item && !item.isList ? { ...item, written, isList: true } : undefined;
  }
  const members = node.type === "TSUnionType" ? node.types : [node];
  const kinds = members.flatMap(({ type }) => keywords[type] ?? []);
  const choices = members.filter(({ type }) => !keywords[type]).map(literalOf);
  if (choices.includes(undefined)) return undefined;
  return { written, isList: false, kinds, choices: choices as Value[] };
}

/** The type of a value that is declared without one; null, and a list without anything else, take anything. */
function typeOf(value: Value): Omit<Type, "range"> {
  const isList = Array.isArray(value);
  const items = [value].flat();
  const found = new Set(items.filter((item) => item !== null).map((item) => typeof item as Kind));
  const kinds: Kind[] = found.size > 0 ? [...found] : ["number", "string", "boolean"];
  const choices = items.includes(null) ? [null] : [];
  const written = [...kinds, ...choices.map(String)].join(" | ");
  return { written: isList ? `(${written})[]` : written, isList, kinds, choices };
}

/** Writes a line for each parameter: its name, type, default, what it can be, and what it does. */
export function listParameters(parameters: Parameter[]): string[] {
  const rows = parameters.map(({ name, type, default: usual, help }) => {
    const kind = type.isList ? "list" : type.kinds.join(" or ") || typeof type.choices[0];
    return [name, kind, literal(usual), typeInWords(type), help];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
}
