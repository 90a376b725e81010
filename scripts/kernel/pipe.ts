/**
 * The pipe by which the part of ours inside of a kernel tells client.ts what cells put out, and how they failed; nothing else
 * is written to it (see process.ts). Deno's kernel runs this file, and tslab's what tslab/prepare.ts makes of it.
 *
 * @module
 */
import { openSync, writeSync } from "node:fs";
import process from "node:process";
import { inspect as inspectOnNode } from "node:util";

const out = process.platform === "win32" ? 1 : openSync("/dev/fd/4", "w");
const encoder = new TextEncoder();
// Cells may replace these.
const { JSON: { stringify }, Error, AggregateError } = globalThis;
const inspect: (value: unknown) => string = globalThis.Deno?.inspect ?? inspectOnNode;

/** Sends a message of Jupyter's: it is there before the next line runs. */
export function send(msg_type: string, content: object, metadata: object = {}): void {
  const line: string | undefined = stringify({ header: { msg_type }, metadata, content });
  if (!line?.startsWith('{"header"')) process.kill(process.pid, "SIGKILL"); // a cell has set Object.prototype.toJSON
  const bytes = encoder.encode(line + "\n");
  for (let at = 0; at < bytes.length;) at += writeSync(out, bytes, at);
}

// ---- Errors in words: whatever cells throw may throw anew where it is looked at

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const isError = (thrown: unknown): thrown is Error => attempt(() => thrown instanceof Error) ?? false;

/** A text, or another value in words. */
function words(read: () => unknown): string {
  const inWords = attempt(() => {
    const value = read();
    return typeof value === "string" ? value : inspect(value);
  });
  return inWords ?? "(it throws when it is looked at)";
}

/** The first line of an error's stack. */
export function titleOf(error: unknown): string {
  return attempt(() => Error.prototype.toString.call(error)) ??
    `Error: ${words(() => (error as Error).message)}`;
}

/** An error with its causes. */
export function textOf(thrown: unknown, outer: unknown[] = []): string {
  if (!isError(thrown)) return words(() => inspect(thrown));
  const seen = [...outer, thrown];
  const inner = attempt(() =>
    [thrown.cause ?? [], thrown instanceof AggregateError ? thrown.errors : []].flat()
  );
  const causes = (inner ?? []).filter((it) => !seen.includes(it) && seen.length < 20)
    .map((it) => `Caused by ${textOf(it, seen)}`);
  return [attempt(() => thrown.stack) || titleOf(thrown), ...causes].join("\n");
}

/** The failure of a cell, as Jupyter tells it. */
export const failed = (ename: string, evalue: string, text = `${ename}: ${evalue}`) => ({
  ename,
  evalue,
  traceback: text.split("\n"),
});

/** What a cell has thrown, as its failure. */
export function failureOf(thrown: unknown) {
  const text = textOf(thrown);
  if (!isError(thrown)) return failed("Uncaught", text);
  return failed(words(() => thrown.name), words(() => thrown.message), text);
}
