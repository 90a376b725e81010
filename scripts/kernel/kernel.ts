/** Descriptions of the kernels that notebooks can run under. @module */
import { keepLoopsEndable } from "../common/command.ts";

/** A kernel, as the runner needs to know it. */
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
  /** The code that loads our agent into Deno's kernel; tslab's command loads its own. */
  inside?: string;
  /** Prepares the kernel to be started, for example by installing it. Throws a `CourseError` on failure. */
  prepare?(): Promise<void>;
}

/**
 * Deno's own kernel with `inside.ts` loaded. Its output is coloured regardless of the terminal, so that the same notebook
 * gives the same bytes (see process.ts).
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
  env: { DENO_NO_UPDATE_CHECK: "1", DENO_V8_FLAGS: keepLoopsEndable },
  inside: `await import(${JSON.stringify(import.meta.resolve("./inside.ts"))})`,
};
