/** Checks the values that cells give to parameters, for the kernels. @module */
import { settingsIn } from "./declaration.ts";
import { type Computed, isOf, refusal, type Type } from "./type.ts";

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
  let settings: ReturnType<typeof settingsIn> = [];
  try {
    settings = settingsIn(source, "");
  } catch { /* the kernel says what is wrong */ }
  for (const { name = "", default: value, type } of settings) {
    const hasRange = type && Object.keys(type.range).length > 0;
    if (type && (hasRange || type.kinds.length === 0)) declared.set(name, type);
    const allowed = declared.get(name);
    if (allowed && value !== undefined && !isOf(value, allowed)) refused ??= refusal(name, value, allowed);
    if (hasRange && value === undefined) computed.push([name, type]);
  }
  return { refused, computed };
}
