/**
 * The part of our kernel that runs inside of Deno's: it runs the cells, by the same means as Deno's own, V8's inspector;
 * but it keeps their lines and columns, can leave a cell that waits, and knows which cell a timer or a promise is of.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { type Runtime, Session } from "node:inspector";
import v8 from "node:v8";
import { type Computed, refusedValue } from "../parameters/type.ts";
import { busy } from "./busy.ts";

/** Where lib and client.ts find what is here. */
const KEY = Symbol.for("course.host");
/**
 * What goes in front of the first line: Deno runs cells as strict code; and Stop can end what the inspector has called
 * only once it has returned, that is, after an `await`.
 */
const BEFORE = '"use strict"; await null; void 0; ';
/** The number of prints that go out one by one within so many milliseconds; more go out together, since each costs a message. */
const FLOOD = 20, PERIOD = 50;
/** The most text that is gathered, in characters. */
const PIECE = 1 << 16;

type Timer = ReturnType<typeof setTimeout>;
const later = setTimeout, soon = setImmediate;
const pause = (milliseconds: number) => new Promise<void>((go) => void later(go, milliseconds));

/** The parts of Deno that it does not document. */
interface Internals {
  jupyter: { formatInner(value: unknown): Promise<object> };
  Console: new (print: (text: string, level: number) => void) => Record<string, unknown>;
  core: { print(text: string, isError: boolean): void };
}
const deno = Deno as typeof Deno & { internal: keyof typeof Deno };
const { Console, core, jupyter: results } = deno[deno.internal] as unknown as Internals;
type Publish = (what: unknown, content: unknown, extra?: { metadata: object }) => Promise<void>;
const { jupyter } = Deno as unknown as { jupyter: Record<"broadcast" | "display", Publish> };
/** True while a timer calls back: what is sent then makes Deno's kernel stand still, for up to half a minute. */
let inTimer = false;
const send = jupyter.broadcast;
const broadcast: Publish = async (...args) => {
  if (inTimer) await null;
  await send(...args);
};

/** Marks the last message of a cell. */
const last = { metadata: { course_done: true } };

const session = new Session();
setImmediate(() => session.connect()); // not while the inspector itself runs this
/** The number of the cell that what runs now was started in. */
const cellOf = new AsyncLocalStorage<number>();
let running: number | undefined;
/** The number of times that Stop was pressed in the cell that runs. */
let stops = 0;
let leave: (error: Error) => void = () => {};

/**
 * The promises of the cells that run, or that Stop has left. Nothing else may hold that of a cell which waits; and where
 * it is collected, V8 tells the session so, from within its collector, and Deno crashes.
 */
const held = new Map<number, unknown[]>();

/** Waits until Deno has told of the rejections that nobody has handled. */
const turn = () => new Promise<void>((go) => void soon(go));

/** The cells as they were written, by the names that stacks give them. */
const sources = new Map<string, string>();

/** Runs a cell, and checks the parameters that it computes. The last that it publishes, its value or the error that ended it, is marked as that. */
async function run(number: number, code: string, computed: Computed, source: string): Promise<void> {
  sources.set(`In[${number}]`, source);
  try {
    const { value } = await evaluate(number, code).finally(turn);
    const refused = await refusedValue(computed, async (name) => valueOf((await look(name)).result));
    if (refused !== undefined) return kernel.refuse("LessonError", refused);
    if (value === undefined || value === null) return void broadcast("course_done", {}, last); // as Deno does
    const data = await results.formatInner(value);
    broadcast("execute_result", { execution_count: number, data, metadata: {} }, last).catch(fail); // meanwhile, Deno's replies
  } catch (thrown) {
    fail(thrown);
  }
}

/** The value of a cell, in an object, since it may be a promise that nobody awaits. */
function evaluate(number: number, code: string): Promise<{ value: unknown }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ value: unknown }>();
  const end = (settle: () => void) => {
    flush();
    running = undefined;
    settle();
  };
  const post = () => {
    const promises: unknown[] = [];
    held.set(number, promises);
    const unhook = v8.promiseHooks.onInit((promise) => void promises.push(promise)) as () => void;
    const expression = `${BEFORE}${code}\n//# sourceURL=In[${number}]`;
    session.post("Runtime.evaluate", { expression, replMode: true }, (failure, ended) => {
      if (running !== number) return;
      held.delete(number);
      if (failure) return end(() => reject(failure));
      const { result, exceptionDetails } = ended as Runtime.EvaluateReturnType;
      const thrown = exceptionDetails?.exception;
      if (!thrown) return end(() => resolve({ value: valueOf(result) }));
      // Where it is nothing, Deno's kernel has ended the cell.
      end(() => reject(!thrown.objectId && kernel.isStopped(number) ? stopped() : valueOf(thrown)));
    });
    unhook();
  };
  running = number;
  stops = shown.lines = shown.characters = 0;
  leave = (error) => end(() => reject(error));
  queueMicrotask(() => cellOf.run(number, post)); // the inspector is at work until then
  return promise;
}

/** Evaluates an expression; nothing where that would change something. */
async function look(expression: string): Promise<Runtime.EvaluateReturnType> {
  await null; // the inspector is at work until then
  const { promise, resolve } = Promise.withResolvers<Runtime.EvaluateReturnType>();
  session.post(
    "Runtime.evaluate",
    { expression, throwOnSideEffect: true },
    (_, ended) => resolve(ended as Runtime.EvaluateReturnType),
  );
  return await promise;
}

/** The value that the inspector tells of. */
function valueOf({ objectId, type, value, unserializableValue }: Runtime.RemoteObject): unknown {
  if (!objectId) {
    if (unserializableValue === undefined) return value;
    return type === "bigint" ? BigInt(unserializableValue.slice(0, -1)) : Number(unserializableValue);
  }
  const functionDeclaration = `function () { globalThis[Symbol.for("course.host")].found = this; }`;
  session.post("Runtime.callFunctionOn", { objectId, functionDeclaration });
  session.post("Runtime.releaseObject", { objectId });
  const { found } = kernel;
  kernel.found = undefined;
  return found;
}

/** Publishes an error with its causes, which Deno's kernel leaves out. */
function fail(thrown: unknown): void {
  const [ename, evalue] = thrown instanceof Error
    ? [thrown.name, thrown.message]
    : ["Uncaught", Deno.inspect(thrown)];
  const text = thrown instanceof Error ? textOf(thrown) : `${ename}: ${evalue}`;
  broadcast("error", { ename, evalue, traceback: text.split("\n") }, last);
}

function textOf(thrown: unknown, seen: unknown[] = []): string {
  if (!(thrown instanceof Error)) return Deno.inspect(thrown);
  const inner = [thrown.cause ?? [], thrown instanceof AggregateError ? thrown.errors : []].flat();
  const causes = inner.filter((it) => !seen.includes(it) && seen.length < 20).map((it) =>
    textOf(it, [...seen, thrown])
  );
  return [thrown.stack, ...causes.map((text) => `Caused by ${text}`)].join("\n");
}

// ---- Errors show the cells' own lines, and neither Deno's nor our frames

const insides = /\((?:ext|node):|\bat (?:async )?(?:ext|node):|\/lib\/|kernel\/inside\.ts/;

Object.assign(Error, {
  prepareStackTrace(error: unknown, sites: unknown[]): string {
    const own = sites.map((site) => `    at ${site}`).filter((frame) => !insides.test(frame));
    const frames = own.map((frame) =>
      frame.replace(/(In\[\d+\]:1:)(\d+)/, (_, line, column) => `${line}${column - BEFORE.length}`)
    );
    return [titleOf(error), ...frames].join("\n");
  },
});

function titleOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

// Another thread sends what was printed: an exit waits for it.
globalThis.addEventListener("unload", () => {
  flush();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
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
    queueMicrotask(() => isHandled || report(reason, from));
  });
}

/** Shows an error that nobody has caught, in the cell that it comes from. */
function report(error: unknown, from = cellOf.getStore()): void {
  print(`Uncaught ${textOf(error)}\n`, true, from);
}

// ---- Stop

/** The number of the cell that is to stop, on which a thread that is blocked sleeps; the state of the press, and its number. */
const flag = new Int32Array(new SharedArrayBuffer(12));
/** The states of a press: heard by this thread, told, or not heard for so long that it must be busy, and force is needed. */
const HEARD = 0, TOLD = 1, BUSY = 2;
/** The functions that Stop calls, in place of leaving the cell. */
const stoppers = new Set<() => void>();
/** The timers that have not fired, with when they are due, in milliseconds; those that go on for ever never are. */
const timers = new Map<Timer, number>();

/**
 * Hears of Stop beside a thread that may be blocked, says on the process's stdout where that is busy, and ends the kernel
 * when the process that started it is gone.
 */
const LISTENER = `onmessage = async ({ data: flag }) => {
  let stdin = Deno.stdin, stdout; // in a worker, Deno's own belongs to a cell
  try {
    stdin = Deno.openSync("/dev/fd/3"); // see process.ts
    stdout = Deno.openSync("/dev/fd/1", { write: true });
  } catch { /* Windows has none */ }
  for await (const bytes of stdin.readable) {
    const [cell, press] = new TextDecoder().decode(bytes).trim().split("\\n").at(-1).split(" ").map(Number);
    Atomics.store(flag, 2, press);
    Atomics.store(flag, 0, cell);
    Atomics.store(flag, 1, ${TOLD});
    Atomics.notify(flag, 0); // at last: a blocked thread wakes and looks
    Atomics.wait(flag, 1, ${TOLD}, 400);
    const isHeard = Atomics.compareExchange(flag, 1, ${TOLD}, ${BUSY}) === ${HEARD};
    if (!isHeard) stdout?.writeSync(new TextEncoder().encode(${JSON.stringify(busy)}));
  }
  Deno.kill(Deno.build.os === "windows" ? Deno.pid : -Deno.pid, "SIGKILL");
};`;
const listener = new Worker(`data:text/javascript,${encodeURIComponent(LISTENER)}`, { type: "module" });
let lastPress = 0;
/** Returns true, once, when a press was told that this thread has not heard yet. */
function hears(): boolean {
  if (Atomics.compareExchange(flag, 1, TOLD, HEARD) !== TOLD) return false;
  Atomics.notify(flag, 1);
  return true;
}
// A message of the worker's would be lost for ever where force ends what takes it.
setInterval(async () => {
  if (!hears()) return;
  const [cell, , press] = flag;
  await null; // what a timer sends makes Deno's kernel stand still
  if (cell === 0) return void broadcast("course_stopped", {}); // asked whether this thread is free
  if (cell !== running || press === lastPress) return;
  stop();
  lastPress = press; // not before: Deno's kernel may end this function, too
}, 50);
listener.postMessage(flag);
Deno.addSignalListener("SIGINT", () => {}); // it would end the kernel

function stop(): void {
  if (stops === 0 && stoppers.size > 0) {
    stoppers.forEach((stopper) => stopper());
    stops++;
  } else {
    timers.forEach((_, timer) => clearTimeout(timer));
    timers.clear();
    leave(stopped());
  }
  broadcast("course_stopped", {});
}

function stopped(): Error {
  const message = "The run was stopped.";
  return Object.assign(new Error(message), { name: "Stopped", stack: `Stopped: ${message}` });
}

// Timers are known, so that Stop ends those of the cell, and an error in one is the cell's.
type Timing = (callback: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => Timer;
for (const [set, clear] of [["setTimeout", "clearTimeout"], ["setInterval", "clearInterval"]] as const) {
  const start = globalThis[set] as Timing, end = globalThis[clear];
  const known: Timing = (callback, delay, ...args) => {
    const call = (...given: unknown[]) => {
      if (set === "setTimeout") timers.delete(timer);
      inTimer = true;
      try {
        callback(...given);
      } catch (error) {
        report(error);
      } finally {
        inTimer = false;
      }
    };
    const timer = start(typeof callback === "function" ? call : callback, delay, ...args);
    timers.set(timer, set === "setTimeout" ? performance.now() + Number(delay ?? 0) : Infinity);
    return timer;
  };
  Object.assign(globalThis, {
    [set]: Object.defineProperties(known, Object.getOwnPropertyDescriptors(start)),
    [clear](timer: Timer) {
      timers.delete(timer);
      end(timer);
    },
  });
}

// ---- The console

const shown = { lines: 0, characters: 0 };
/** The most lines and characters of a cell that are shown. */
const most = { lines: Infinity, characters: Infinity };
const gathered = { text: "", isError: false };
let prints = 0, since = 0, timer: Timer | undefined;

const printer = new Console((text, level) => print(text, level > 1));
for (const [name, method] of Object.entries(printer)) {
  if (typeof method === "function" && name in console) Object.assign(console, { [name]: method });
}
for (const name of ["broadcast", "display"] as const) {
  const publish = name === "broadcast" ? broadcast : jupyter[name];
  jupyter[name] = (...args) => {
    flush();
    return publish(...args);
  };
}

function print(text: string, isError: boolean, from = cellOf.getStore()): void {
  if (from !== undefined && from !== running) {
    flush();
    const content = { name: isError ? "stderr" : "stdout", text };
    return void broadcast("stream", content, { metadata: { cell: from } });
  }
  if (shown.lines > most.lines || shown.characters > most.characters) return;
  shown.lines += text.split("\n").length - 1;
  shown.characters += text.length;
  const isTooMuch = shown.lines > most.lines || shown.characters > most.characters;
  if (isTooMuch) {
    [text, isError] = ["… more was printed than a page can show: what follows is left out.\n", true];
  }
  const now = performance.now();
  if (now - since > PERIOD) {
    flush();
    [since, prints] = [now, 0];
  }
  if (isError !== gathered.isError || gathered.text.length > PIECE) flush();
  gathered.isError = isError;
  gathered.text += text;
  if (++prints <= FLOOD || isTooMuch) flush();
  else timer ??= later(flush, PERIOD);
}

function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  if (gathered.text) core.print(gathered.text, gathered.isError);
  gathered.text = "";
}

// ---- What client.ts and lib call

const kernel = {
  found: undefined as unknown,
  run,
  /** Fails as a cell does that throws an error of this name; `shown` is what stands below its message. */
  refuse(name: string, message: string, shown?: string): void {
    const stack = [`${name}: ${message}`, shown ?? []].flat().join("\n");
    fail(Object.assign(new Error(message), { name, stack }));
  },
  /** Stands for a name that lib lacks: whoever uses it is told so. */
  lacks(name: string): unknown {
    const tell = () => {
      throw new ReferenceError(`@course/lib has no ${name}: is the name misspelt?`);
    };
    return new Proxy(function () {}, { apply: tell, construct: tell, get: tell });
  },
  /** Sets how much of a cell is shown. */
  showAtMost: (lines: number, characters: number) => void Object.assign(most, { lines, characters }),
  /** Returns what a kernel shows as the nonce and a text, after all that was printed. */
  answer(nonce: string, text = "") {
    flush();
    return { [Symbol.for("Jupyter.display")]: () => ({ "text/plain": nonce + text }) };
  },
  /** Waits until the timers have fired that are due within so many milliseconds. */
  async rest(milliseconds: number): Promise<string> {
    const end = performance.now() + milliseconds;
    while ([...timers.values()].some((due) => due < end) && performance.now() < end) await pause(5);
    return "";
  },
  /** Describes a value, as JSON; says nothing where to look at it would change something. */
  async describe(expression: string): Promise<string> {
    const { result, exceptionDetails } = await look(expression);
    if (exceptionDetails) return "{}";
    const value = valueOf(result);
    const text = typeof value === "function" ? String(value) : Deno.inspect(value);
    return JSON.stringify({
      type: (value as object | undefined)?.constructor?.name,
      text: text.slice(0, 2000),
    });
  },
  /** Calls `stopper` when Stop is pressed, in place of leaving the cell; at once where it was. Returns a function that takes that back. */
  onStop(stopper: () => void): () => void {
    stoppers.add(stopper);
    if (stops > 0) stopper();
    return () => stoppers.delete(stopper);
  },
  /** Blocks the thread for a number of milliseconds, or until Stop is pressed. */
  block(milliseconds: number): void {
    flush();
    Atomics.wait(flag, 0, Atomics.load(flag, 0), kernel.isStopped() ? 0 : milliseconds);
  },
  broadcast: (type: string, content: object) => jupyter.broadcast(type, content),
  sourceOf: (name: string) => sources.get(name),
  /** Returns true if Stop was pressed in a cell, by which a program hears of it that keeps the thread for itself. */
  isStopped(cell = running): boolean {
    const isNew = hears(); // of a cell before as well, or its press would end this one by force
    if (cell === undefined || Atomics.load(flag, 0) !== cell) return false;
    if (isNew) {
      stops++;
      lastPress = flag[2];
      queueMicrotask(() => broadcast("course_stopped", {})); // as above
    }
    return true;
  },
};
Object.defineProperty(globalThis, KEY, { value: kernel });
