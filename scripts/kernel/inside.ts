/**
 * Our agent inside Deno's kernel. Like Deno, it runs cells through V8's inspector, but it preserves their lines and columns,
 * can abandon a cell that awaits, and knows which cell a timer or promise belongs to. Output goes to client.ts through a
 * pipe, because Deno's own messages arrive late, and some incomplete.
 *
 * @module
 */
import { type Runtime, Session } from "node:inspector";
import v8 from "node:v8";
import { type Computed, refusedValue } from "../parameters/type.ts";
import { failureOf, send, textOf, titleOf } from "./pipe.ts";
import { cellOf, enter, exit, listen, load, rest, running, stopping } from "./stop.ts";

/**
 * Code in front of a cell's first line. Deno runs cells in strict mode; and code called by the inspector can be terminated
 * only after that call has returned, that is, after an `await`.
 */
const BEFORE = '"use strict"; await null; void 0; ';

// Cells may replace these.
const { eval: valueOfLiteral, Object, Promise, queueMicrotask, setImmediate, String } = globalThis;

/** Globals that lib needs, and whose names a cell may want. */
const needed = "AbortController Array Date Error JSON Map Math Number Object Promise Set String Symbol";
// A cell that declares one would hide it from modules as well; V8 rejects that if the property is not configurable.
for (const name of needed.split(" ")) Object.defineProperty(globalThis, name, { configurable: false });

/** Undocumented parts of Deno. */
interface Internals {
  jupyter: { formatInner(value: unknown, isRaw?: boolean): Promise<object> };
  Console: new (print: (text: string, level: number) => void) => Record<string, unknown>;
}
const deno = Deno as typeof Deno & { internal: keyof typeof Deno };
const { Console, jupyter: results } = deno[deno.internal] as unknown as Internals;

const session = new Session();
setImmediate(() => session.connect()); // not now: the inspector itself is running this code

/**
 * Keeps the promises of running and abandoned cells alive. Nothing else may reference the promise of a cell that awaits, and
 * if it were collected, V8 would notify the session from inside the garbage collector, which crashes Deno.
 */
const held = new Map<number, unknown[]>();

/** Waits until Deno has reported unhandled rejections. */
const turn = () => new Promise<void>((go) => void setImmediate(go));

/** Sources of the cells, by their names in stack traces. */
const sources = new Map<string, string>();

/** Evaluates an expression through the inspector, while other code may be pending; undefined if it was terminated. */
const inspect = (expression: string, options: object) =>
  new Promise<Runtime.EvaluateReturnType | undefined>((resolve) =>
    session.post("Runtime.evaluate", { expression, ...options }, (_, ended) => resolve(ended as never))
  );

/** Runs a cell. Returns its failure, or the reason why a computed parameter is refused; undefined if it was terminated. */
async function run(number: number, code: string, source: string, computed: Computed) {
  sources.set(`In[${number}]`, source);
  await null; // until then, the inspector is busy
  const promises: unknown[] = [];
  held.set(number, promises);
  const unhook = v8.promiseHooks.onInit((promise) => void promises.push(promise)) as () => void;
  const expression = `${BEFORE}${code}\n//# sourceURL=In[${number}]`;
  const evaluated = cellOf.run(number, () => inspect(expression, { replMode: true }));
  unhook();
  try {
    const ended = await evaluated.finally(turn);
    if (!ended) return;
    held.delete(number);
    const thrown = ended.exceptionDetails?.exception;
    if (thrown) throw valueOf(thrown);
    const value = valueOf(ended.result); // a promise must not be awaited
    const refused = await refusedValue(computed, async (name) => valueOf((await look(name)).result));
    if (refused !== undefined) return { refused };
    if ((value ?? undefined) !== undefined) { // like Deno, shows no null
      // Explicitly, since terminated code leaves its own cell in the store.
      const data = await cellOf.run(number, () => results.formatInner(value));
      if (running === number) send("execute_result", { execution_count: number, data, metadata: {} });
    }
    return {};
  } catch (thrown) {
    return { failure: failureOf(thrown) };
  } finally {
    exit(number);
  }
}

/** Evaluates an expression, unless that has side effects. */
async function look(expression: string): Promise<Runtime.EvaluateReturnType> {
  await null; // until then, the inspector is busy
  return (await inspect(expression, { throwOnSideEffect: true }))!;
}

/** The value behind one of the inspector's objects. */
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

// ---- Stack traces show the cells' own lines, without Deno's frames and ours

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
    // A later listener may handle it as well.
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

// ---- The calls of client.ts and lib

const kernel = {
  found: undefined as unknown,
  /** Calls a function for client.ts, and sends the result. */
  async answer(nonce: string, call: keyof typeof calls, ...given: unknown[]): Promise<void> {
    listen();
    const tell = (value?: unknown) => send("answer", { nonce, value });
    // Stop answers as well, since termination may have cut off what continues here.
    if (call === "run") enter(given[0] as number, tell);
    tell(await (calls[call] as (...given: unknown[]) => unknown)(...given));
  },
  load,
  /** A placeholder for a name that lib does not export; using it throws. */
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
  /** Describes a value; `{}` if reading it has side effects. */
  async describe(expression: string): Promise<{ type?: string; text?: string }> {
    const { result, exceptionDetails } = await look(expression);
    if (exceptionDetails) return {};
    const value = valueOf(result);
    const text = typeof value === "function" ? String(value) : Deno.inspect(value);
    return { type: (value as object | undefined)?.constructor?.name, text: text.slice(0, 2000) };
  },
};
