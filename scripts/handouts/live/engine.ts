/** The environment of lib in a worker, set up before lib is loaded: a console that prints below cells, and the page's part of the host. @module */

import type { ReplayData } from "../../../lib/replay/data.ts";
import type { Output } from "../../notebook/nbformat.ts";

/** A message of the worker to its page; `cell` is the index of a cell. */
export type WorkerMessage =
  | { kind: "idle" }
  | { kind: "wait"; cell: number }
  | { kind: "start"; cell: number }
  | { kind: "skip"; cell: number; why: string; keeps?: boolean }
  | { kind: "output"; cell: number; output: Output; id?: string; replay?: ReplayData }
  | { kind: "tried"; exercise: string }
  | { kind: "checked"; exercise: string; isRight: boolean }
  | { kind: "done"; cell: number };

/** The most characters shown of a cell's output, and the most items of a list. */
const MOST = 200_000, MOST_ITEMS = 100;

let port: MessagePort;

/** Calls `hear` with each message of the page, once the page has sent its port. */
export function listen(hear: (asked: unknown) => void): void {
  addEventListener("message", (event) => {
    [port] = (event as MessageEvent).ports;
    port.onmessage = ({ data }) => hear(data);
  }, { once: true });
}

/** Sends a message to the page. */
export const tell = (message: WorkerMessage): void => port.postMessage(message);

/** The running cell, which gets all output, and how much it has printed. */
export const now = { cell: 0, characters: 0 };

function print(name: "stdout" | "stderr", text: string): void {
  if (now.characters > MOST) return;
  now.characters += text.length;
  if (now.characters > MOST) {
    [name, text] = ["stderr", "… more was printed than a page can show: what follows is left out.\n"];
  }
  tell({ kind: "output", cell: now.cell, output: { output_type: "stream", name, text } });
}

/** The sources of the cells that have run, by their names in stack traces. */
export const sources = new Map<string, string>();

const { performance } = globalThis;

/** The page's part of the host; worker.ts adds `broadcast` once lib is loaded. */
const place = {
  isReactive: true,
  tried: (exercise: string) => tell({ kind: "tried", exercise }),
  checked: (exercise: string, isRight: boolean) => tell({ kind: "checked", exercise, isRight }),
  sourceOf: (name: string) => sources.get(name),
  block(milliseconds: number) { // a page opened from disk has no shared memory for Atomics.wait
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  },
};
Object.assign(globalThis, { [Symbol.for("course.host")]: place });

const isV8 = new Error().stack?.startsWith("Error");

/**
 * Returns an error's stack in the format of V8: Firefox writes `name@place`, and no message. Places in cells lose their
 * columns, which would be those of the compiled scripts.
 */
export function stackOf(error: { stack?: string }): string {
  const stack = (error.stack ?? "").replace(/(\bIn\[\d+\]:\d+):\d+/g, "$1");
  if (isV8) return stack;
  return `${error}\n${stack.trimEnd().replace(/^(?:async\*)?(.*)@(.*:\d+)$/gm, "    at $1 ($2)")}`;
}

// A sandboxed worker is no secure context and lacks this. Ids of outputs need to be unique in their page only.
let ids = 0;
crypto.randomUUID ??= () => `0-0-0-0-${++ids}`;

const inspected = Symbol.for("nodejs.util.inspect.custom");

/** Formats a value as `console.log` does. `inside` is its depth in another value; from 1 on, strings are quoted. */
export function written(value: unknown, inside = 0): string {
  if (typeof value === "string") return inside > 0 ? JSON.stringify(value) : value;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `[Function: ${value.name || "(anonymous)"}]`;
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (inspected in value) return (value[inspected] as () => string)();
  if (value instanceof Error) return stackOf(value).replace(/\n.*\bblob:.*/g, ""); // frames of our own code
  if (value instanceof RegExp) return String(value);
  if (value instanceof Date) return value.toJSON() ?? "Invalid Date";
  const isArray = Array.isArray(value) || ArrayBuffer.isView(value);
  if (inside > 4) return isArray ? "[Array]" : "[Object]";
  const isKept = value instanceof Map || value instanceof Set;
  const entries: [unknown, unknown][] = isKept ? [...value.entries()] : Object.entries(value);
  const items = entries.slice(0, MOST_ITEMS).map(([key, item]) => {
    const name = value instanceof Map ? `${written(key, inside + 1)} => ` : `${key}: `;
    return (isArray || value instanceof Set ? "" : name) + written(item, inside + 1);
  });
  if (entries.length > MOST_ITEMS) items.push(`... ${entries.length - MOST_ITEMS} more items`);
  const { name: kind = "" } = Object(value.constructor);
  const name = /^(Array|Object|)$/.test(kind) ? "" : `${kind}${isKept ? `(${value.size})` : ""} `;
  const [open, close] = isArray ? "[]" : "{}";
  const all = items.join(", ");
  if (isArray || all.length < 76) return name + (all ? `${open} ${all} ${close}` : open + close);
  return `${name}{\n  ${items.join(",\n").replaceAll("\n", "\n  ")}\n}`;
}

for (const method of ["log", "info", "debug", "dir", "table", "group", "warn", "error", "trace"] as const) {
  const name = /warn|error|trace/.test(method) ? "stderr" : "stdout";
  console[method] = (...values: unknown[]) => print(name, `${values.map((it) => written(it)).join(" ")}\n`);
}
addEventListener("error", (event) => { // from a timer, for example
  event.preventDefault();
  console.error(`Uncaught ${written((event as ErrorEvent).error, 1)}`);
});
console.assert = (isTrue, ...values) => isTrue || console.error("Assertion failed:", ...values);
