/** Checks the values that cells give to parameters, for the kernels. @module */
import { declarationsOf, literalOf, parseCell } from "./declaration.ts";
import { type Computed, isOf, refusal, type Type } from "./type.ts";

export { refusedValue } from "./type.ts";

/** A name that a cell gives a value, which is undefined where it is computed; with a type where it is declared. */
type Setting = Partial<ReturnType<typeof declarationsOf>[number]>;

/**
 * Returns why a cell must not run: it sets a parameter to what its declaration does not allow. Undefined where it may;
 * `computed` are then the parameters to look at when it has run. `declared` has the types of those that the cells before
 * declare, which this one may set anew, and gets its own.
 *
 * A kernel is not told of tags: a parameter is what is declared with a range, or with nothing but choices.
 */
export function checkSettings(source: string, declared: Map<string, Type>) {
  const computed: Computed = [];
  let refused: string | undefined;
  for (const { name = "", value, type } of settingsOf(source)) {
    const hasRange = type && Object.keys(type.range).length > 0;
    if (type && (hasRange || type.kinds.length === 0)) declared.set(name, type);
    const allowed = declared.get(name);
    if (allowed && value !== undefined && !isOf(value, allowed)) refused ??= refusal(name, value, allowed);
    if (hasRange && value === undefined) computed.push([name, type]);
  }
  return { refused, computed };
}

/** The values that a cell sets at its top level: `const producers = 3; producers = 4;`. */
function settingsOf(source: string): Setting[] {
  let cell: ReturnType<typeof parseCell>;
  try {
    cell = parseCell(source, "");
  } catch {
    return []; // the kernel says what is wrong
  }
  return cell.program.body.flatMap((statement): Setting[] => {
    if (statement.type === "VariableDeclaration") return declarationsOf(statement, cell, source);
    const set = statement.type === "ExpressionStatement" ? statement.expression : undefined;
    if (set?.type !== "AssignmentExpression" || set.operator !== "=") return [];
    return set.left.type === "Identifier" ? [{ name: set.left.name, value: literalOf(set.right) }] : [];
  });
}
