// The only file that knows that kernels exist.
import { describe, isAwaitable } from "./check.ts";
import { LessonError, StoppedError } from "./errors.ts";

/** One thing in several representations, by MIME type; `text/plain` is always among them. JSON is given as a value. */
export type MimeBundle = {
  readonly "text/plain": string;
  readonly [text: `text/${string}`]: string;
  readonly [picture: `image/${string}`]: string;
  readonly [json: `application/${string}json`]: object;
};

/** What a notebook can show: a plot, a table or a report. */
export class Showable {
  readonly bundle: MimeBundle;

  constructor(bundle: MimeBundle) {
    this.bundle = bundle;
  }

  /** What Deno's kernel asks for when this is the last value of a cell. */
  [Symbol.for("Jupyter.display")](): MimeBundle {
    return this.bundle;
  }

  /** What it says where nothing can be drawn. */
  toString(): string {
    return this.bundle["text/plain"];
  }
}

/** The part of a kernel that is used here: `Deno.jupyter`, or what scripts/tslab/start.cjs makes of tslab. */
interface Kernel {
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
}

/** What tslab's has beside that. */
interface TslabKernel extends Kernel {
  /** Calls `main`; the signal of Stop ends that, and has `error` thrown. */
  interruptibly<T>(main: () => T, error: () => Error): T;
}

/**
 * Shows plots, tables, texts and numbers below the cell; where there is no notebook, prints what they say.
 *
 * ```ts
 * import { show, table } from "@course/lib";
 *
 * await show(table([{ run: "async", total: "20.3 s" }]));
 * ```
 *
 * @throws {LessonError} where it is given anything else; a promise, say, since an `await` was forgotten
 */
export async function show(
  ...things: (Showable | string | number | boolean | null | undefined)[]
): Promise<void> {
  const bundles = things.map(bundleOf);
  for (const bundle of bundles) {
    const kernel = denoKernel() ?? tslabKernel();
    if (kernel) await kernel.broadcast("display_data", { data: bundle, metadata: {}, transient: {} });
    else console.log(bundle["text/plain"]);
  }
  await settle();
}

function bundleOf(thing: unknown): MimeBundle {
  if (thing instanceof Showable) return thing.bundle;
  if ((typeof thing !== "object" || thing === null) && typeof thing !== "function") {
    return { "text/plain": String(thing) };
  }
  throw new LessonError(
    isAwaitable(thing)
      ? "Cannot show a promise: write await in front of what returned it."
      : `Cannot show ${
        describe(thing)
      }: give a plot, as in show(timeline(run)), a table, a text or a number.`,
  );
}

/**
 * Shows one thing, and returns what shows another in its place. Where there is no notebook, nothing is shown.
 */
export async function showReplaceable(first: Showable): Promise<(next: Showable) => Promise<void>> {
  const kernel = denoKernel() ?? tslabKernel();
  const transient = { display_id: crypto.randomUUID() };
  const send = async (type: string, { bundle }: Showable) =>
    await kernel?.broadcast(type, { data: bundle, metadata: {}, transient });
  await send("display_data", first);
  return (next) => send("update_display_data", next);
}

/**
 * Deno's kernel publishes what a cell has printed and shown one after another, in a thread of its own, and does not wait
 * for that before it takes the next cell: what is late is then shown there. So the lines printed from now on are
 * gathered into few messages, until what is returned is called; and that waits for them.
 *
 * @param atOnce whether they come at once; where time passes between them, they go the kernel's own way, which a blocked
 * thread does not hold up, and only the end is waited for
 */
export function gatherLines(atOnce: boolean): () => Promise<void> {
  const kernel = denoKernel();
  if (!kernel) return () => Promise.resolve();
  if (!atOnce) return () => settle();
  if (gathering++ === 0) unwrapConsole = wrapConsole(kernel);
  return async () => {
    if (--gathering === 0 && await unwrapConsole()) await settle();
  };
}

/** For how long lines are gathered at the most, in milliseconds. */
const GATHER = 50;
/** How long the last messages take to go out, in milliseconds: 5 on an idle machine, 200 times of 200. */
const SETTLE = 50;
/** Set by a client that waits for late output by itself: then nobody else needs to. */
const CLIENT_WAITS = "ASYNC_COURSE_CLIENT_WAITS";

let gathering = 0;
let unwrapConsole = () => Promise.resolve(false);

const STREAMS = { log: "stdout", info: "stdout", debug: "stdout", warn: "stderr", error: "stderr" } as const;

/**
 * Has the console write into messages that are broadcast one after another. Returns what ends that, and tells whether
 * there were any.
 */
function wrapConsole(kernel: Kernel): () => Promise<boolean> {
  const original = { ...console };
  let sent = Promise.resolve();
  let some = false;
  let text = "";
  let name: "stdout" | "stderr" = "stdout";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const content = { name, text };
    if (text === "") return;
    sent = sent.then(() => kernel.broadcast("stream", content)).catch(() => {});
    some = true;
    text = "";
  };
  for (const [method, stream] of Object.entries(STREAMS)) {
    console[method as keyof typeof STREAMS] = (...args: unknown[]) => {
      if (stream !== name) flush();
      timer ??= setTimeout(flush, GATHER);
      name = stream;
      text += args.map(written).join(" ") + "\n";
    };
  }
  return async () => {
    flush();
    Object.assign(console, original);
    await sent;
    return some;
  };
}

/** A value as Deno's console writes it. */
function written(value: unknown): string {
  return typeof value === "string" ? value : Deno.inspect(value, { colors: true });
}

/** Waits until Deno's kernel has published what it was given, as far as that can be known. */
async function settle(): Promise<void> {
  if (!denoKernel() || Deno.env.get(CLIENT_WAITS)) return;
  await new Promise((done) => setTimeout(done, SETTLE));
}

/**
 * Calls back when the front end's Stop is pressed, or Ctrl-C in a terminal, in place of ending the kernel. Returns what
 * takes that back.
 */
export function onInterrupt(stop: () => void): () => void {
  if (denoKernel()) return onInterruptInDeno(stop);
  if (tslabKernel()) return insteadOfOthers("SIGINT", stop);
  return () => {};
}

/**
 * Calls `main`; where that blocks the thread, Stop ends it there.
 *
 * @throws {StoppedError} when Stop is pressed before `main` has returned or come to its first `await`
 */
export function interruptibly<T>(main: () => T): T {
  const tslab = tslabKernel();
  return tslab ? tslab.interruptibly(main, () => new StoppedError(STOPPED)) : main();
}

/**
 * Blocks the thread for a number of milliseconds.
 *
 * @throws {StoppedError} when Stop is pressed meanwhile
 */
export function blockThread(milliseconds: number): void {
  flag ??= newFlag();
  interruptibly(() => Atomics.wait(flag!, 0, 0, milliseconds));
  checkInterrupt();
}

/** @throws {StoppedError} when Stop has been pressed while the thread was busy, as far as that can be known */
export function checkInterrupt(): void {
  if (!flag || Atomics.load(flag, 0) === 0) return;
  Atomics.store(flag, 0, 0);
  throw new StoppedError(STOPPED);
}

const STOPPED = "The run was stopped.";

/** 1 from when Stop is pressed until that is heeded. A worker sets it, also while the thread is blocked. */
let flag: Int32Array<SharedArrayBuffer> | undefined;
let listener: Worker | undefined;

function newFlag() {
  return new Int32Array(new SharedArrayBuffer(4));
}

/**
 * What listens to Stop beside a thread that may be blocked. It is given the number of a run, and gives it back as `on`
 * when it listens and as `stop` when it has heard. Code that nobody can stop, say `for (;;);`, leaves that unanswered,
 * and ends its kernel, as it does by itself: else Stop would do nothing.
 */
const LISTENER = `
let flag, run, unanswered;
function hear() {
  postMessage({ stop: run });
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
  unanswered ??= setTimeout(() => Deno.kill(Deno.pid, "SIGKILL"), 2000);
}
onmessage = ({ data }) => {
  if (data === "heard") {
    clearTimeout(unanswered);
    unanswered = undefined;
  } else if (data === "off") {
    Deno.removeSignalListener("SIGINT", hear);
  } else {
    ({ flag, run } = data);
    Deno.addSignalListener("SIGINT", hear);
    postMessage({ on: run });
  }
};`;
let runs = 0;

function onInterruptInDeno(stop: () => void): () => void {
  flag ??= newFlag();
  listener ??= new Worker(`data:text/javascript,${encodeURIComponent(LISTENER)}`, { type: "module" });
  const worker = listener;
  const run = ++runs;
  let isOn = false;
  worker.onmessage = ({ data }) => {
    if (data.on === run) isOn = true;
    if (data.stop === undefined) return;
    worker.postMessage("heard");
    Atomics.store(flag!, 0, 0);
    if (data.stop === run) stop();
  };
  // The signal must have a listener from now on; and until the worker listens, none but this hears it.
  const meanwhile = () => isOn || stop();
  Deno.addSignalListener("SIGINT", meanwhile);
  worker.postMessage({ flag, run });
  return () => {
    worker.postMessage("off");
    Deno.removeSignalListener("SIGINT", meanwhile);
  };
}

/**
 * Calls back with a sentence when a promise has failed and nobody awaits it, until what is returned is called. Outside of
 * that, under Deno's kernel, which says nothing, the sentence is printed; tslab prints a stack of its own.
 */
export function onUnhandled(tell: (sentence: string) => void): () => void {
  if (tslabKernel()) return insteadOfOthers("unhandledRejection", (reason) => unhandled(reason, tell));
  tellUnhandled = tell;
  return () => tellUnhandled = warn;
}

function unhandled(reason: unknown, tell: (sentence: string) => void): void {
  if (reason instanceof StoppedError) return;
  tell(`A call failed, and nobody awaited it: write await in front of it. It said: ${reason}`);
}

const warn = (sentence: string) => console.warn(`Warning: ${sentence}`);
let tellUnhandled = warn;

if (denoKernel()) {
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    unhandled(event.reason, tellUnhandled);
  });
}

type Listener = (value: unknown) => void;

/** The part of Node's `process` that is used here. */
interface Process {
  listeners(event: string): Listener[];
  on(event: string, listener: Listener): void;
  removeAllListeners(event: string): void;
  removeListener(event: string, listener: Listener): void;
}

/** Has `listener` called for an event of the process, and tslab's own not: it would end the cell. */
function insteadOfOthers(event: string, listener: Listener): () => void {
  const { process } = globalThis as unknown as { process: Process };
  const others = process.listeners(event);
  process.removeAllListeners(event);
  process.on(event, listener);
  return () => {
    process.removeListener(event, listener);
    for (const other of others) process.on(event, other);
  };
}

function denoKernel(): Kernel | undefined {
  try {
    return (globalThis as { Deno?: { jupyter?: Kernel } }).Deno?.jupyter;
  } catch {
    return undefined; // outside of its kernel, Deno throws on the mere mention
  }
}

function tslabKernel(): TslabKernel | undefined {
  return (globalThis as { [name: symbol]: TslabKernel | undefined })[Symbol.for("course.kernel")];
}
