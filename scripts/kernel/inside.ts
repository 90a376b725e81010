/**
 * The part of ours that runs inside of Deno's kernel: it runs the cells, by the same means as Deno, V8's inspector; but it
 * keeps their lines and columns, can leave a cell that waits, and knows which cell a timer or a promise is of. What cells put
 * out goes to client.ts by a pipe, since Deno's own messages come late, and some not whole.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { type Runtime, Session } from "node:inspector";
import v8 from "node:v8";
import { type Computed, refusedValue } from "../parameters/type.ts";
import { failureOf, send, textOf, titleOf } from "./pipe.ts";
import { enter, exit, listen, loading, rest, running, stopping } from "./stop.ts";

/**
 * The code in front of the first line: Deno runs cells as strict code; and Stop can end what the inspector has called
 * only once it has returned, that is, after an `await`.
 */
const BEFORE = '"use strict"; await null; void 0; ';

// Cells may replace these.
const { eval: valueOfLiteral, Object, Promise, queueMicrotask, setImmediate, String } = globalThis;

/** Global names that lib, and what it imports, cannot do without. */
const needed =
  "AbortController Array Boolean Date Error Float64Array Intl JSON Map Math Number Object Promise Set String " +
  "Symbol Uint32Array WeakMap";
// What a cell declares would hide them from modules, too; V8 refuses that where the property cannot be deleted.
for (const name of needed.split(" ")) Object.defineProperty(globalThis, name, { configurable: false });

/** The parts of Deno that it does not document. */
interface Internals {
  jupyter: { formatInner(value: unknown, isRaw?: boolean): Promise<object> };
  Console: new (print: (text: string, level: number) => void) => Record<string, unknown>;
}
const deno = Deno as typeof Deno & { internal: keyof typeof Deno };
const { Console, jupyter: results } = deno[deno.internal] as unknown as Internals;

const session = new Session();
setImmediate(() => session.connect()); // not while the inspector itself runs this
/** The number of the cell that what runs now was started in. */
const cellOf = new AsyncLocalStorage<number>();

/**
 * The promises of the cells that run, or that Stop has left. Nothing else may hold that of a cell which waits; and where
 * it is collected, V8 tells the session so, from within its collector, and Deno crashes.
 */
const held = new Map<number, unknown[]>();

/** Waits until Deno has told of the rejections that nobody has handled. */
const turn = () => new Promise<void>((go) => void setImmediate(go));

/** The cells as they were written, by the names that stacks give them. */
const sources = new Map<string, string>();

/** Runs a cell. Returns its failure, or why a parameter that it computes is refused; nothing if the inspector was ended. */
async function run(number: number, code: string, source: string, computed: Computed) {
  sources.set(`In[${number}]`, source);
  try {
    const ended = await evaluate(number, code).finally(turn);
    if (!ended) return;
    const refused = await refusedValue(computed, async (name) => valueOf((await look(name)).result));
    if (refused !== undefined) return { refused };
    if ((ended.value ?? undefined) !== undefined) { // null is not shown, as Deno does
      // After force, the store may be that of the cell that was ended.
      const data = await cellOf.run(number, () => results.formatInner(ended.value));
      if (running === number) send("execute_result", { execution_count: number, data, metadata: {} });
    }
    return {};
  } catch (thrown) {
    return { failure: failureOf(thrown) };
  } finally {
    exit(number);
  }
}

/** Has the inspector evaluate an expression, while other code may be under way; gives nothing where the inspector fails. */
const inspect = (expression: string, options: object) =>
  new Promise<Runtime.EvaluateReturnType | undefined>((resolve) =>
    session.post("Runtime.evaluate", { expression, ...options }, (_, ended) => resolve(ended as never))
  );

/** The value of a cell, in an object, since it may be a promise that nobody awaits; nothing if the inspector was ended. */
async function evaluate(number: number, code: string): Promise<{ value: unknown } | undefined> {
  await null; // the inspector is at work until then
  const promises: unknown[] = [];
  held.set(number, promises);
  const unhook = v8.promiseHooks.onInit((promise) => void promises.push(promise)) as () => void;
  const expression = `${BEFORE}${code}\n//# sourceURL=In[${number}]`;
  const evaluated = cellOf.run(number, () => inspect(expression, { replMode: true }));
  unhook();
  const ended = await evaluated;
  if (!ended) return;
  held.delete(number);
  const thrown = ended.exceptionDetails?.exception;
  if (thrown) throw valueOf(thrown);
  return { value: valueOf(ended.result) };
}

/** Evaluates an expression; nothing where that would change something. */
async function look(expression: string): Promise<Runtime.EvaluateReturnType> {
  await null; // the inspector is at work until then
  return (await inspect(expression, { throwOnSideEffect: true }))!;
}

/** The value that the inspector tells of. */
function valueOf({ objectId, value, unserializableValue }: Runtime.RemoteObject): unknown {
  if (unserializableValue) return valueOfLiteral(unserializableValue); // -0, 1n, NaN and the like
  if (!objectId) return value;
  const functionDeclaration = `function () { globalThis[Symbol.for("course.host")].found = this; }`;
  session.post("Runtime.callFunctionOn", { objectId, functionDeclaration });
  session.post("Runtime.releaseObject", { objectId });
  const { found } = kernel;
  kernel.found = undefined;
  return found;
}

// ---- Errors show the cells' own lines, and neither Deno's nor our frames

const insides =
  /\((?:ext|node):|\bat (?:async )?(?:ext|node):|\bat async <anonymous>|\/lib\/|kernel\/(?:inside|pipe|stop)\.ts/;

Object.assign(Error, {
  prepareStackTrace(error: unknown, sites: unknown[]): string {
    const own = sites.map((site) => `    at ${site}`).filter((frame) => !insides.test(frame));
    const frames = own.map((frame) =>
      frame.replace(/(In\[\d+\]:1:)(\d+)/, (_, line, column) => `${line}${column - BEFORE.length}`)
    );
    return [titleOf(error), ...frames].join("\n");
  },
});

for (const type of ["unhandledrejection", "error"] as const) {
  globalThis.addEventListener(type, (event) => {
    if (event.defaultPrevented) return;
    // Who listens after us may see to it as well.
    let isHandled = false;
    event.preventDefault();
    Object.defineProperty(event, "preventDefault", { value: () => isHandled = true });
    const from = cellOf.getStore();
    const reason = "reason" in event ? event.reason : event.error;
    queueMicrotask(() => isHandled || show(`Uncaught ${textOf(reason)}\n`, true, from));
  });
}

// ---- The console

Object.assign(console, new Console((text, level) => show(text, level > 1)));

function show(text: string, isError: boolean, cell = cellOf.getStore()): void {
  const name = isError ? "stderr" : "stdout";
  send("stream", { name, text }, { cell: cell === running ? undefined : cell });
}

// deno-lint-ignore require-await
async function broadcast(type: string, content: object, { metadata = {} } = {}) {
  send(type, content, metadata);
}
type Display = { raw?: boolean; update?: boolean; display_id?: string };
async function display(value: unknown, { raw, update, display_id }: Display = {}) {
  const data = await results.formatInner(value, raw);
  send(update ? "update_display_data" : "display_data", { data, metadata: {}, transient: { display_id } });
}
Object.assign((Deno as unknown as { jupyter: object }).jupyter, { broadcast, display });

// ---- What client.ts and lib call

const kernel = {
  found: undefined as unknown,
  /** Calls a function for client.ts, and tells it what that returns. */
  async answer(nonce: string, call: keyof typeof calls, ...given: unknown[]): Promise<void> {
    listen();
    const tell = (value?: unknown) => send("answer", { nonce, value });
    // Stop answers by itself: force may have ended what would go on here.
    if (call === "run") enter(given[0] as number, tell);
    tell(await (calls[call] as (...given: unknown[]) => unknown)(...given));
  },
  /** Awaits what a cell imports. A cell that Stop has left meanwhile never goes on. */
  async load(module: Promise<unknown>): Promise<unknown> {
    const loaded = await loading(module);
    return cellOf.getStore() === running ? loaded : new Promise(() => {});
  },
  /** Stands for a name that lib lacks: whoever uses it is told so. */
  lacks(name: string): unknown {
    const tell = () => {
      throw new ReferenceError(`@course/lib has no ${name}: is the name misspelt?`);
    };
    return new Proxy(function () {}, { apply: tell, construct: tell, get: tell });
  },
  ...stopping,
  broadcast,
  sourceOf: (name: string) => sources.get(name),
};
Object.defineProperty(globalThis, Symbol.for("course.host"), { value: kernel });

const calls = {
  run,
  nothing() {},
  rest,
  /** Describes a value; says nothing where to look at it would change something. */
  async describe(expression: string): Promise<{ type?: string; text?: string }> {
    const { result, exceptionDetails } = await look(expression);
    if (exceptionDetails) return {};
    const value = valueOf(result);
    const text = typeof value === "function" ? String(value) : Deno.inspect(value);
    return { type: (value as object | undefined)?.constructor?.name, text: text.slice(0, 2000) };
  },
};
