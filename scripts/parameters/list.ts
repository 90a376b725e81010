/** The parameters of a notebook as a list for people. @module */
import type { Parameter } from "./declaration.ts";
import { allowed, literal } from "./value.ts";

/** A line for each parameter: its name, type, default, what it can be, and what it does. */
export function listParameters(parameters: Parameter[]): string[] {
  const rows = parameters.map((parameter) => [
    parameter.name,
    parameter.type,
    literal(parameter.default),
    allowed(parameter),
    parameter.help,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
}
