/** Whether the programs that the course runs on are new enough. @module */

/** The oldest Deno that runs the course, and the oldest Node that runs tslab. */
const DENO = "2.9.0";
const NODE = "20.0.0";

/** Says what to do where this Deno is too old; undefined where it is not. */
export function tooOldDeno(version: string): string | undefined {
  if (isAtLeast(version, DENO)) return undefined;
  return `Cannot run the course: it needs Deno ${DENO} or newer, and this is ${version}. ` +
    "Update it with deno upgrade, or put npx -y in front: npx -y deno task course.";
}

/**
 * Says what to do where there is no Node, or an old one, by what `node --version` printed; undefined where all is well.
 * (Where there is none, Deno may answer in its place.)
 */
export function unfitNode(printed: string): string | undefined {
  const wayOut = `Install Node ${Number.parseInt(NODE)} or newer from https://nodejs.org, or leave out ` +
    "--kernel tslab: Deno's kernel runs the whole course.";
  const version = /^v(\d+\.\d+\.\d+)/.exec(printed.trim())?.[1];
  if (version === undefined) {
    return `Cannot start tslab: it runs on Node, and there is no node on your PATH. ${wayOut}`;
  }
  if (isAtLeast(version, NODE)) return undefined;
  return `Cannot start tslab: the node on your PATH is ${version}, which is too old. ${wayOut}`;
}

function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split(/[.+-]/).map(Number));
  const at = a.findIndex((part, i) => part !== b[i]);
  return at < 0 || at > 2 || a[at] > b[at];
}
