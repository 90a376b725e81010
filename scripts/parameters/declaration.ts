/** Reads the cell in which a notebook declares its parameters. @module */
import { type Expression, parse } from "@babel/parser";
import { CourseError, messageOf } from "../common/errors.ts";
import { isInexact } from "../common/numbers.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { readRange } from "./range.ts";
import { isOf, type Kind, takesNumbers, type Type, typeInWords, type Value } from "./type.ts";

/** A parameter as it is declared: `const items: number = 20; // whole, 1 to 1000: items to make`. */
export interface Parameter {
  name: string;
  type: Type;
  /** The keyword that declares it; later code may assign to a `let`. */
  keyword: "const" | "let" | "var";
  default: Value;
  /** A short description; may be empty. */
  help: string;
}

/** Returns true if a cell has a tag. */
export function hasTag(cell: { metadata: { tags?: unknown } }, tag: string): boolean {
  return Array.isArray(cell.metadata.tags) && cell.metadata.tags.includes(tag);
}

/** Returns the indexes of the cells tagged `parameters`; a valid notebook has at most one. */
export function parametersCells({ cells }: Notebook): number[] {
  return [...cells.keys()].filter((at) => cells[at].cell_type === "code" && hasTag(cells[at], "parameters"));
}

/**
 * Reads the parameters of a notebook, in the order of their declarations.
 *
 * @throws {CourseError} if no cell is tagged `parameters`, or if that cell contains anything but declarations of values.
 */
export function readParameters(notebook: Notebook, name: string): Parameter[] {
  const cannot = (why: string) => new CourseError(`Cannot set parameters of ${name}: ${why}`);
  const [first, second] = parametersCells(notebook);
  if (first === undefined) throw cannot('it has no cell tagged "parameters". Tag one.');
  const both = `cells ${first + 1} and ${second + 1} are both tagged "parameters"`;
  if (second) throw cannot(`${both}. Put all declarations into one of them.`);
  return readDeclarations(notebook.cells[first].source, `${name}, cell ${first + 1}`);
}

/** Reads the parameters that a cell declares; `where` names the cell in errors. */
export function readDeclarations(source: string, where: string): Parameter[] {
  return settingsIn(source, where).map(({ at, name, type, keyword, default: value, help = "" }) => {
    const [code] = source.slice(at.index).split("\n");
    const cannot = (why: string) =>
      new CourseError(`Cannot read the parameters of ${where}, line ${at.line}: ${why}`);
    if (!keyword || name === undefined || value === undefined || !type) {
      throw cannot(
        `"${code}" does not declare a number, a string, true, false, null, or a list of them, ` +
          "with its value written out. Move it to another cell.",
      );
    }
    if (isOf(value, type)) return { name, type, keyword, default: value, help };
    throw cannot(`${name} is ${value}, but is declared to be ${typeInWords(type)}. Change one of them.`);
  });
}

/** A statement, with the parameter that it declares, or the name that it assigns to and the new value if it is a literal. */
type Setting = Partial<Parameter> & { at: { line: number; index: number } };

/** Reads the declarations and assignments of a cell; `where` names the cell in errors. */
export function settingsIn(source: string, where: string): Setting[] {
  const { program, comments } = parseCell(source, where);
  return program.body.flatMap((statement): Setting[] => {
    const { start: at, end } = statement.loc!;
    if (statement.type === "ExpressionStatement") {
      const { type, operator, left, right } = statement.expression as Partial<Assignment>;
      const isSet = type === "AssignmentExpression" && operator === "=" && left?.type === "Identifier";
      return [isSet ? { at, name: left.name, default: literalOf(right) } : { at }];
    }
    if (statement.type !== "VariableDeclaration") return [{ at }];
    const beside = comments?.find(({ type, loc }) => type === "CommentLine" && loc?.start.line === end.line);
    const comment = beside?.value ?? "";
    return statement.declarations.map(({ id, init }) => {
      const value = literalOf(init);
      const name = id.type === "Identifier" ? id.name : undefined;
      const [annotation] = (name ? [id, init] : []).flatMap((node) => Object(node).typeAnnotation ?? []);
      const type = typeFrom(annotation, source) ?? (value === undefined ? undefined : typeOf(value));
      const isNumber = type && takesNumbers(type);
      const { range, help } = isNumber ? readRange(comment) : { range: {}, help: comment.trim() };
      const keyword = statement.kind as Parameter["keyword"];
      return { at, name, type: type && { ...type, range }, keyword, default: value, help };
    });
  });
}

function parseCell(source: string, where: string) {
  try {
    return parse(source, { sourceType: "module", plugins: ["typescript"] });
  } catch (error) {
    throw new CourseError(`Cannot read the parameters of ${where}: ${messageOf(error)}. Correct the cell.`);
  }
}

type Assignment = Extract<Expression, { type: "AssignmentExpression" }>;
type Annotation = Extract<Expression, { type: "TSAsExpression" }>["typeAnnotation"];
type Node = Expression | Annotation;

/** Returns the value of a literal or a list of literals; undefined for other code, and for an inexact number. */
function literalOf(node: { type: string } | null | undefined): Value | undefined {
  const read = literals[node?.type as Node["type"]] as ((node: unknown) => Value | undefined) | undefined;
  return read?.(node);
}

const literals: { [T in Node["type"]]?: (node: Extract<Node, { type: T }>) => Value | undefined } = {
  NumericLiteral: ({ extra, value }) => isInexact(String(extra?.raw)) ? undefined : value,
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

const kindOf = ({ type }: Node) =>
  /^TS(Number|String|Boolean)Keyword$/.exec(type)?.[1].toLowerCase() as Kind | undefined;

/** Reads a type annotation; returns undefined for a type that values cannot be checked against. */
function typeFrom(node: Annotation | undefined, source: string): Omit<Type, "range"> | undefined {
  if (!node) return undefined;
  if (/^TS(?:TypeAnnotation|TypeOperator|ParenthesizedType)$/.test(node.type)) { // parentheses, or readonly
    return typeFrom((node as { typeAnnotation?: Annotation }).typeAnnotation, source);
  }
  const written = source.slice(node.start!, node.end!);
  if (node.type === "TSArrayType") {
    const item = typeFrom(node.elementType, source);
    return item && !item.isList ? { ...item, written, isList: true } : undefined;
  }
  const members = node.type === "TSUnionType" ? node.types : [node];
  const kinds = members.flatMap((member) => kindOf(member) ?? []);
  const choices = members.filter((member) => !kindOf(member)).map(literalOf);
  if (choices.includes(undefined)) return undefined;
  return { written, isList: false, kinds, choices: choices as Value[] };
}

/** Infers the type of a value that is declared without one. `null`, and a list without other items, allow any. */
function typeOf(value: Value): Omit<Type, "range"> {
  const isList = Array.isArray(value);
  const items = [value].flat();
  const found = new Set(items.filter((item) => item !== null).map((item) => typeof item as Kind));
  const kinds: Kind[] = found.size > 0 ? [...found] : ["number", "string", "boolean"];
  const choices = items.includes(null) ? [null] : [];
  const written = [...kinds, ...choices.map(String)].join(" | ");
  return { written: isList ? `(${written})[]` : written, isList, kinds, choices };
}
