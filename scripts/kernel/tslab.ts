import { join } from "node:path";
import { outputOf } from "../common/command.ts";
import { CourseError } from "../common/errors.ts";
import { root } from "../common/project.ts";
import { prepareTslab } from "../tslab/prepare.ts";
import type { KernelKind } from "./kernel.ts";

const oldestNode = 20;
const start = join(root, "scripts", "tslab", "start.cjs");
/** The environment variable that holds the path of Node, for front ends that have another PATH. */
export const nodeVariable = "COURSE_NODE";
const node = Deno.env.get(nodeVariable) ?? "node";

/** tslab, on Node, with its own build of lib. */
export const tslab: KernelKind = {
  name: "tslab",
  displayName: "TypeScript (tslab)",
  language: {
    name: "typescript",
    codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    file_extension: ".ts",
    mimetype: "text/typescript",
    version: "3.7.2", // as tslab reports, whatever its TypeScript is
  },
  argv: () => [node, start, ...folders],
  env: { NODE_NO_WARNINGS: "1" },
  prepare: () => prepared ??= prepare(),
};

let prepared: Promise<void> | undefined;
let folders: string[] = [];

async function prepare(): Promise<void> {
  const trouble = unfitNode((await outputOf([node, "--version"]))?.stdout ?? "");
  if (trouble) throw new CourseError(trouble);
  folders = await prepareTslab();
}

/**
 * Returns the error for a missing or old Node, given the output of `node --version`; undefined if Node will do. (Where Node
 * is missing, `node` may be Deno.)
 */
export function unfitNode(printed: string): string | undefined {
  const [, version, major] = /^v((\d+)\.\d+\.\d+)/.exec(printed.trim()) ?? [];
  if (Number(major) >= oldestNode) return undefined;
  const why = version === undefined
    ? "it runs on Node, and there is no node on your PATH"
    : `the node on your PATH is ${version}, which is too old`;
  return `Cannot start tslab: ${why}. Install Node ${oldestNode} or newer from https://nodejs.org, or leave out ` +
    "--kernel tslab: Deno's kernel runs the whole course.";
}
