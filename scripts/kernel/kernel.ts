/** The kernels that notebooks can run under, as data. @module */
import { join } from "node:path";
import { keepLoopsEndable } from "../common/command.ts";
import { checkSettings } from "../parameters/refused.ts";
import type { Type } from "../parameters/type.ts";
import { inside, withoutTypes } from "./cell.ts";
import { syntaxProblem } from "./syntax_error.ts";

/** A kernel, as far as the runner must know it. */
export interface KernelKind {
  /** Names it in the notebook's `kernelspec`, and to Jupyter. */
  name: string;
  displayName: string;
  /** The notebook's `language_info`. */
  language: { name: string; [key: string]: unknown };
  /** The command that starts it, given its connection file, and the process that it ends with, if not the one that starts it. */
  argv(connectionFile: string, parent?: number): string[];
  /** Environment variables to set, or, where undefined, to take away. */
  env: Record<string, string | undefined>;
  /** The kernel that front ends start in its place, which speaks for it: the name that they and notebooks have, its program. */
  front?: { displayName: string; script: string };
  /** The part of ours that runs inside of it, as code for it; none where the kernel does all of this itself. */
  inside?: {
    /** Makes it ready for the others. */
    start: string;
    /**
     * Runs a cell, which its number names in errors, and marks the last that it publishes; the code as it
     * is where it cannot. `declared` has the parameters that cells before it declare.
     */
    run(code: string, number: number, declared: Map<string, Type>): string;
    /** Shows `nonce` and the text that a call of it gives, after all that the cell has put out. */
    answer(nonce: string, call?: string): string;
  };
  /** Sees to it that it can be started: installs it, say. Throws a `CourseError` where it cannot. */
  prepare?(): Promise<void>;
}

const refuse = (...error: [name: string, message: string, shown?: string]) =>
  `await ${inside}.refuse(${error.map((text) => JSON.stringify(text)).join(", ")})`;

/**
 * Deno's own kernel, with `inside.ts` in it. Colours are its default, whatever the terminal or the CI says: the same
 * notebook gives the same bytes.
 */
export const deno: KernelKind = {
  name: "deno",
  displayName: "Deno",
  language: {
    name: "typescript",
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
  argv: (connectionFile) => [Deno.execPath(), "jupyter", "--kernel", "--conn", connectionFile],
  env: {
    NO_COLOR: undefined,
    FORCE_COLOR: undefined,
    DENO_NO_UPDATE_CHECK: "1",
    DENO_V8_FLAGS: keepLoopsEndable,
  },
  front: { displayName: "Deno (course)", script: join(import.meta.dirname!, "front", "main.ts") },
  inside: {
    start: `await import(${JSON.stringify(import.meta.resolve("./inside.ts"))})`,
    run(code, number, declared) {
      const problem = syntaxProblem(code);
      if (problem) {
        const { line, column, message } = problem;
        const shown = `${code.split("\n")[line - 1]}\n${" ".repeat(column - 1)}^`;
        return refuse("SyntaxError", `line ${line}, column ${column}: ${message}`, shown);
      }
      const { refused, computed } = checkSettings(code, declared);
      if (refused !== undefined) return refuse("LessonError", refused);
      const plain = withoutTypes(code);
      return plain === undefined ? code : `await ${inside}.run(${number}, ${JSON.stringify(plain)}, ${
        // an infinite bound is none
        JSON.stringify(computed, (_, value) => Math.abs(value) === Infinity ? undefined : value)}, ${
        JSON.stringify(code)
      })`;
    },
    answer: (nonce, call) => `${inside}.answer("${nonce}", ${call && `await ${inside}.${call}`})`,
  },
};
