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
const { performance, queueMicrotask, JSON: { stringify }, Error, AggregateError } = globalThis;
const inspect: (value: unknown) => string = globalThis.Deno?.inspect ?? inspectOnNode;

/** The prints of a cell that are sent one by one: as many as a page shows. */
const most = 10_000;
/** The milliseconds for which further ones are gathered, and the most characters of that. */
const gathering = 20, full = 1 << 16;

/** The text that was printed last, and waits for more. */
let waiting: { name: string; text: string; cell?: number } | undefined;
let [printed, sent] = [0, 0];

/** Sends a message of Jupyter's, after all that was printed: it is there before the next line runs. */
export function send(msg_type: string, content: object, more: object = {}): void {
  flush();
  if (msg_type === "answer") printed = 0; // a cell is over
  const line: string | undefined = stringify({ header: { msg_type }, metadata: {}, content, ...more });
  if (!line?.startsWith('{"header"')) process.kill(process.pid, "SIGKILL"); // a cell has set Object.prototype.toJSON
  const bytes = encoder.encode(line + "\n");
  for (let at = 0; at < bytes.length;) at += writeSync(out, bytes, at);
}

/**
 * Sends what was printed, of another cell than the one that runs if that is given. Of a flood, what is printed within a
 * moment is sent together: once something else is, or the code that runs has come to its end or an `await`.
 */
export function print(name: string, text: string, cell?: number): void {
  const goesOn = waiting?.name === name && waiting.cell === cell && waiting.text.length < full;
  if (goesOn) waiting!.text += text;
  else {
    flush();
    waiting = { name, text, cell };
  }
  if (++printed <= most || performance.now() - sent > gathering) flush();
  else if (!goesOn) queueMicrotask(flush);
}

/** Sends the prints that were gathered. */
export function flush(): void {
  if (!waiting) return;
  const { cell, ...content } = waiting;
  waiting = undefined;
  send("stream", content, { metadata: { cell } });
  sent = performance.now();
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
