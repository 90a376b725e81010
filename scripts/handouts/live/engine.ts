/** What a worker has to have before lib is loaded: a console that prints below cells, and the host's other half. @module */

import type { ReplayData } from "../../../lib/replay/data.ts";
import type { MimeBundle } from "../../notebook/nbformat.ts";

/** What a worker tells its page. */
export type Told =
  | { kind: "idle" }
  | { kind: "start"; cell: number }
  | { kind: "skip"; cell: number; why: string; keeps?: boolean }
  | { kind: "stream"; cell: number; name: "stdout" | "stderr"; text: string }
  | { kind: "data"; cell: number; type: string; data: MimeBundle; id?: string; run?: number }
  | { kind: "checked"; cell: number; exercise: string; isRight: boolean }
  | { kind: "replay"; cell: number; run: number; replay?: ReplayData }
  | { kind: "done"; cell: number; error?: { name: string; message: string; line?: number; frames: string } };

/** Of a cell, so many characters are shown at the most; and a message takes so many milliseconds' prints. */
const MOST = 200_000, PERIOD = 40;

const scope = globalThis as unknown as Record<string | symbol, unknown>;
const { setTimeout, clearTimeout, performance } = globalThis;
let line: MessagePort;

/** Calls `ask` with all that the page asks, once it has sent its line to this worker. */
export function listen(ask: (asked: unknown) => void): void {
  addEventListener("message", (event) => {
    [line] = (event as MessageEvent).ports;
    line.onmessage = ({ data }) => ask(data);
  }, { once: true });
}

/** Tells the page something. */
export const tell = (message: Told): void => line.postMessage(message);

/** The cell that runs, and how much it has printed. */
const now = { cell: 0, characters: 0 };
const gathered = { name: "stdout" as "stdout" | "stderr", text: "" };
let last = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** From now on, what is printed and shown is this cell's. */
export function enterCell(cell: number): void {
  flush();
  Object.assign(now, { cell, characters: 0 });
}

/** Sends what was printed. */
export function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  last = performance.now();
  if (gathered.text) tell({ kind: "stream", cell: now.cell, ...gathered });
  gathered.text = "";
}

function print(name: "stdout" | "stderr", text: string): void {
  if (now.characters > MOST) return;
  now.characters += text.length;
  if (now.characters > MOST) {
    [name, text] = ["stderr", "… more was printed than a page can show: what follows is left out.\n"];
  }
  if (name !== gathered.name) flush();
  gathered.name = name;
  gathered.text += text;
  if (performance.now() - last > PERIOD) flush();
  else timer ??= setTimeout(flush, PERIOD);
}

/** Keeps the run of which a cell shows a picture, and returns its number; worker.ts does it, once lib is there. */
export const kept = { keep: (_cell: number, _data: object): number | undefined => undefined };

/** Shows a thing below the cell. */
export function publish(type: string, { data, transient }: Published): Promise<void> {
  flush();
  tell({
    kind: "data",
    cell: now.cell,
    type,
    data,
    id: transient?.display_id,
    run: kept.keep(now.cell, data),
  });
  return Promise.resolve();
}

interface Published {
  data: MimeBundle;
  transient?: { display_id?: string };
}

/** The texts of the cells that have run, by the names that stacks give them. */
export const sources = new Map<string, string>();

scope[Symbol.for("course.host")] = {
  broadcast: publish,
  isReactive: true,
  checked: (exercise: string, isRight: boolean) =>
    tell({ kind: "checked", cell: now.cell, exercise, isRight }),
  sourceOf: (name: string) => sources.get(name),
  block(milliseconds: number) { // a page that was opened from a disk has no memory to wait on
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  },
};

const isV8 = new Error().stack?.startsWith("Error");

/** The stack of an error as V8 writes it, which is what lib reads: Firefox writes `name@place`, and no message. */
export function stackOf(error: { stack?: string }): string {
  const stack = error.stack ?? "";
  return isV8 ? stack : `${error}\n${stack.replace(/^(?:async\*)?(.*)@(.*:\d+:\d+)$/gm, "    at $1 ($2)")}`;
}

const capture = Error.captureStackTrace;
if (!isV8) {
  Error.captureStackTrace = (holder: { stack?: string }, by) => {
    capture(holder, by);
    holder.stack = stackOf(holder);
  };
}

// A worker in a sandbox is no "secure context", and lacks this; the ids of outputs are for one page.
let ids = 0;
crypto.randomUUID ??= () => `0-0-0-0-${++ids}`;

const inspected = Symbol.for("Deno.customInspect");

/** A value as `console.log` prints it. */
export function written(value: unknown, depth = 0): string {
  if (typeof value === "string") return depth > 0 ? JSON.stringify(value) : value;
  if (typeof value === "function") return `[Function: ${value.name}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if (inspected in value) return (value[inspected] as () => string)();
  if (value instanceof Error) return stackOf(value);
  if (depth > 3) return Array.isArray(value) ? "[Array]" : "[Object]";
  const [open, close, items] = Array.isArray(value)
    ? ["[ ", " ]", value.slice(0, 100).map((item) => written(item, depth + 1))]
    : ["{ ", " }", Object.entries(value).slice(0, 100).map(([k, v]) => `${k}: ${written(v, depth + 1)}`)];
  const name = Array.isArray(value) || !value.constructor || value.constructor === Object
    ? ""
    : `${value.constructor.name} `;
  return name + (items.length > 0 ? open + items.join(", ") + close : open.trim() + close.trim());
}

for (const method of ["log", "info", "debug", "warn", "error"] as const) {
  const name = /warn|error/.test(method) ? "stderr" : "stdout";
  console[method] = (...values: unknown[]) => print(name, `${values.map((it) => written(it)).join(" ")}\n`);
}
