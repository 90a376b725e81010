/** The kernels that notebooks can run under, as data. @module */

/** What the runner must know of a kernel. */
export interface KernelKind {
  /** Names it in the notebook's `kernelspec`, and to Jupyter. */
  name: string;
  displayName: string;
  /** The notebook's `language_info`. */
  language: { name: string; [key: string]: unknown };
  /** The command that starts it, given its connection file. */
  argv(connectionFile: string): string[];
  /** Environment variables to set, or, where undefined, to take away. */
  env: Record<string, string | undefined>;
  /**
   * Code that publishes `nonce` by each way that a cell's output can take, after all that the cell has published. It
   * must leave the user's state alone. None is needed where all output of a cell comes before the kernel is idle.
   */
  fence?(nonce: string): string;
  /** How many messages of the fence carry the nonce. */
  fenceMessages: number;
  /** How long it takes no request after an error, in seconds. */
  pauseAfterError: number;
  /** Sees to it that it can be started: installs it, say. Throws a `CourseError` where it cannot. */
  prepare?(): Promise<void>;
}

/**
 * Deno's own kernel. What cells print, display and evaluate to goes through one channel in it, so a fence of one value
 * is enough. Colours are its default, whatever the terminal or the CI says: the same notebook gives the same bytes.
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
  env: { NO_COLOR: undefined, FORCE_COLOR: undefined, DENO_NO_UPDATE_CHECK: "1" },
  fence: (nonce) => JSON.stringify(nonce),
  fenceMessages: 1,
  pauseAfterError: 0,
};
