/**
 * The pipe from our agent inside a kernel to client.ts, for the cells' output and failures only (see process.ts). Deno's
 * kernel runs this file; tslab's runs a bundle of it, made by tslab/prepare.ts.
 *
 * @module
 */
import { openSync, writeSync } from "node:fs";
import process from "node:process";
import { inspect as inspectOnNode } from "node:util";

const out = process.platform === "win32" ? 1 : openSync("/dev/fd/4", "w");
const encoder = new TextEncoder(), short = new Uint8Array(4096);
// Cells may replace these.
const { JSON: { stringify }, Error, AggregateError } = globalThis;
const inspect: (value: unknown) => string = globalThis.Deno?.inspect ?? inspectOnNode;

/** Sends a Jupyter message synchronously: it is in the pipe before the next line runs. */
export function send(msg_type: string, content: object, metadata: object = {}): void {
  const line: string | undefined = stringify({ header: { msg_type }, metadata, content });
  if (!line?.startsWith('{"header"')) process.kill(process.pid, "SIGKILL"); // a cell has set Object.prototype.toJSON
  const text = line + "\n";
  const { read, written } = encoder.encodeInto(text, short);
  const bytes = read === text.length ? short.subarray(0, written) : encoder.encode(text);
  for (let at = 0; at < bytes.length;) at += writeSync(out, bytes, at);
}

// ---- Errors in words

/** A string, or another value as text. A value thrown by a cell may throw again when it is read. */
function words(read: () => unknown): string {
  try {
    const value = read();
    return typeof value === "string" ? value : inspect(value);
  } catch {
    return "(it throws when it is looked at)";
  }
}

/** The first line of an error's stack. */
export const titleOf = (error: unknown): string => words(() => Error.prototype.toString.call(error));

/** An error with its causes. */
export const textOf = (thrown: unknown): string => words(() => withCauses(thrown, []));

function withCauses(thrown: unknown, outer: unknown[]): string {
  if (!(thrown instanceof Error)) return inspect(thrown);
  const seen = [...outer, thrown];
  const inner = [thrown.cause ?? [], thrown instanceof AggregateError ? thrown.errors : []].flat();
  const causes = inner.filter((it) => !seen.includes(it) && seen.length < 20)
    .map((it) => `Caused by ${withCauses(it, seen)}`);
  return [thrown.stack || titleOf(thrown), ...causes].join("\n");
}

/** A failure of a cell, as in Jupyter's messages. */
export const failed = (ename: string, evalue: string, text = `${ename}: ${evalue}`) => ({
  ename,
  evalue,
  traceback: text.split("\n"),
});

/** The failure of a cell that threw a value. */
export function failureOf(thrown: unknown) {
  const text = textOf(thrown);
  try {
    if (thrown instanceof Error) return failed(words(() => thrown.name), words(() => thrown.message), text);
  } catch { /* then it is treated as any other value */ }
  return failed("Uncaught", text);
}
