/** The kernels that notebooks can run under, as data. @module */
import { keepLoopsEndable } from "../common/command.ts";

/** A kernel, as far as the runner must know it. */
export interface KernelKind {
  /** Names it in the notebook's `kernelspec`, and to Jupyter. */
  name: string;
  displayName: string;
  /** The notebook's `language_info`. */
  language: { name: string; [key: string]: unknown };
  /** The command that starts it; Deno's kernel reads a connection file. */
  argv(connectionFile: string): string[];
  /** Environment variables to set. */
  env: Record<string, string>;
  /** The code by which Deno's kernel loads the part of ours that runs inside of it; tslab starts with its own. */
  inside?: string;
  /** Sees to it that it can be started: installs it, say. Throws a `CourseError` where it cannot. */
  prepare?(): Promise<void>;
}

/**
 * Deno's own kernel, with `inside.ts` in it. Colours are its default, whatever the terminal or the CI says: the same
 * notebook gives the same bytes (see process.ts).
 */
export const deno: KernelKind = {
  name: "deno",
  displayName: "Deno (course)",
  language: {
    name: "typescript",
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
  argv: (connectionFile) => [Deno.execPath(), "jupyter", "--quiet", "--kernel", "--conn", connectionFile],
  env: {
    DENO_NO_UPDATE_CHECK: "1",
    DENO_V8_FLAGS: keepLoopsEndable,
  },
  inside: `await import(${JSON.stringify(import.meta.resolve("./inside.ts"))})`,
};
