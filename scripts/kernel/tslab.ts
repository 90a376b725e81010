import { join } from "node:path";
import { CourseError } from "../common/errors.ts";
import { root } from "../common/project.ts";
import { unfitNode } from "../common/versions.ts";
import type { KernelKind } from "./kernel.ts";

const start = join(root, "scripts", "tslab", "start.cjs");

/**
 * tslab, on Node. `scripts/tslab/start.cjs` installs it, builds lib for it, and starts it. All output of a cell goes the
 * same way as its "idle", and before it. Its errors are text on stderr.
 */
export const tslab: KernelKind = {
  name: "tslab",
  displayName: "TypeScript (tslab)",
  language: {
    name: "typescript",
    codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    file_extension: ".ts",
    mimetype: "text/typescript",
    version: "3.7.2", // it says so, whatever its TypeScript is
  },
  argv: (connectionFile) => ["node", start, connectionFile],
  env: { NO_COLOR: undefined, FORCE_COLOR: undefined, NODE_NO_WARNINGS: "1" },
  fenceMessages: 0,
  pauseAfterError: 0.25,
  prepare: () => prepared ??= prepare(),
};

let prepared: Promise<void> | undefined;

/** Installs what is missing, and says so when that takes long. */
async function prepare(): Promise<void> {
  const trouble = unfitNode(await nodeVersion());
  if (trouble) throw new CourseError(trouble);
  const child = new Deno.Command("node", {
    args: [start, "--prepare"],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const decoder = new TextDecoder();
  let said = "";
  for await (const bytes of child.stderr) {
    const text = decoder.decode(bytes, { stream: true });
    if (text.startsWith("Installing ")) console.error(text.trimEnd());
    else said += text;
  }
  const { success } = await child.status;
  if (!success) {
    throw new CourseError(said.trim() || "Cannot start tslab: its preparation ended without a word.");
  }
}

/** What `node --version` prints; empty where there is none. */
async function nodeVersion(): Promise<string> {
  try {
    const { stdout } = await new Deno.Command("node", { args: ["--version"], stderr: "null" }).output();
    return new TextDecoder().decode(stdout);
  } catch {
    return "";
  }
}
