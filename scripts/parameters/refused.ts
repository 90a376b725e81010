/** Checks the values that cells give to parameters, for the kernels. @module */
import { declarationsOf, literalOf, parseCell } from "./declaration.ts";
import { type Computed, isOf, refusal, type Type, type Value } from "./type.ts";

export { refusedValue } from "./type.ts";

/** A name that a cell gives a value; what is computed is undefined. */
interface Setting {
  name?: string;
  value?: Value;
  /** The type that it is declared with. */
  type?: Type;
}

/** What is known of a cell before it runs. */
interface Checked {
  /** Why it must not run: it sets a parameter to what its declaration does not allow. Undefined where it may. */
  refused?: string;
  /** The parameters that it declares with computed values. */
  computed: Computed;
}

/**
 * Checks what a cell sets parameters to. `declared` has the types of those that the cells before declare, which this one may
 * set anew, and gets its own.
 *
 * A kernel is not told of tags: a parameter is what is declared with a range, or with nothing but choices.
 */
export function checkSettings(source: string, declared: Map<string, Type>): Checked {
  const computed: Computed = [];
  for (const { name = "", value, type } of settingsOf(source)) {
    const hasRange = type && Object.keys(type.range).length > 0;
    if (type && (hasRange || type.kinds.length === 0)) declared.set(name, type);
    const allowed = declared.get(name);
    if (allowed && value !== undefined && !isOf(value, allowed)) {
      return { refused: refusal(name, value, allowed), computed };
    }
    if (hasRange && value === undefined) computed.push([name, type]);
  }
  return { computed };
}

/** The values that a cell sets at its top level: `const producers = 3; producers = 4;`. Nothing where it cannot be parsed. */
function settingsOf(source: string): Setting[] {
  let cell: ReturnType<typeof parseCell>;
  try {
    cell = parseCell(source, "");
  } catch {
    return []; // its kernel says what is wrong
  }
  return cell.program.body.flatMap((statement): Setting[] => {
    if (statement.type === "VariableDeclaration") return declarationsOf(statement, cell, source);
    if (statement.type !== "ExpressionStatement") return [];
    const { expression } = statement;
    if (expression.type !== "AssignmentExpression" || expression.left.type !== "Identifier") return [];
    return [{ name: expression.left.name, value: literalOf(expression.right) }];
  });
}
