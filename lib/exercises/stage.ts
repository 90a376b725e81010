import { describe, isAwaitable } from "../arguments.ts";
import { VirtualClock } from "../clock.ts";
import type { ItemInstrument } from "../context.ts";
import { DeadlockError, LessonError, wordsOf } from "../errors.ts";
import { gather } from "../gather.ts";
import { currentLoop, EventLoop, type Future, type Task, type TaskFunction } from "../loop.ts";
import { Performance } from "../performance.ts";
import { Queue } from "../queue.ts";
import { seeded } from "../random.ts";
import { shuffled } from "../shuffled_queue.ts";
import { expect, Finding, inSeconds, said } from "./expect.ts";

/** The schedule of a try: which numbers are drawn, and which of the tasks that are ready goes next. */
export interface Schedule {
  /** The seed of `random()`. */
  seed: number;
  /** The seed of the order in which ready tasks run; 0 for first come, first served. */
  order: number;
}

/** An item as the notebooks have it. */
export type Item = [value: number, time: number];

/** A thing that a learner wrote, or what it gave: nothing is known of it. */
// deno-lint-ignore no-explicit-any
type Unknown = any;

/** What a learner wrote, by its names, and the numbers of a case, by theirs. */
export type Named = Record<string, Unknown>;

/** A call, to be run as a task. */
export type Call = [fn: TaskFunction<unknown[], unknown>, ...args: unknown[]];

/** A task of ours beside the answer's, by a name that no bundler changes: "our producer". */
export function ours(name: string, fn: Call[0]): Call {
  return [Object.defineProperty(fn, "name", { value: `our ${name}` })];
}

/** What a program may do though others may not. */
interface Program {
  /** True if it is one of plain promises, or has a loop of its own: no order of ready tasks is tried. */
  plain?: boolean;
  /** True if it may block the thread. */
  mayBlock?: boolean;
  /** True if it may leave calls without an `await`. */
  mayForget?: boolean;
}

/** Something that an answer did, or a task of ours beside it. Times are in seconds. */
export interface Event {
  what: "generated" | "processed" | "sleep" | "end" | "put" | "got";
  time: number;
  /** The name of the task that did it. */
  task: string | undefined;
  value?: Unknown;
  latency?: number;
}

/** The most that an answer may do: calls in a slice, slices while no time passes, seconds, lines. No right one comes near. */
const MOST = { calls: 10_000, slices: 2_000, seconds: 500, lines: 10_000 };

/** Runs an answer once, in an experiment that nobody sees, and writes down what it does. */
export class Stage implements ItemInstrument {
  readonly performance: Performance;
  readonly events: Event[] = [];
  /** Queues for the answer. */
  readonly source: Queue<Item>;
  readonly data: Queue<Item>;
  /** The number of items in queues, and the most that were at once. */
  left = 0;
  most = 0;
  /** The program that was run, if any. */
  program?: Program;
  #blocked = 0; // seconds, by tasks of the answer
  #calls = 0;
  #slices = 0;
  #since = 0;
  #lines = 0;

  /** @param numbers of the case: the limit of both queues, and what `random()` always gives, may be among them */
  constructor(readonly schedule: Schedule, readonly numbers: Named = {}) {
    const { seed, order } = schedule;
    [this.source, this.data] = [new Queue(numbers.limit), new Queue(numbers.limit)];
    this.performance = new Performance({ name: "check", speed: Infinity, seed }, new VirtualClock(), {
      random: this.randoms(),
      print() {},
      instruments: [this],
      readyQueue: shuffled(order),
    });
  }

  /** Returns a function that draws the numbers of the answer's `random()`, from the first. */
  randoms(): () => number {
    const { random } = this.numbers;
    return random === undefined ? seeded(this.schedule.seed) : () => random;
  }

  /** Seconds that it took. */
  get total(): number {
    return this.performance.clock.now();
  }

  /** Runs a program, and expects that it comes to its end without blocking the thread. Returns what it gives. */
  async run(main: () => unknown, program: Program = {}): Promise<Unknown> {
    this.program = program;
    const { performance } = this;
    let returned: unknown;
    await performance.perform(() => returned = main(), program.plain);
    const { error, result } = performance;
    if (error instanceof Finding) throw error;
    const hint = program.plain ? undefined : "return what loop.runUntilComplete(…) gives";
    const isPromise = error !== undefined || isAwaitable(returned);
    expect(isPromise, "it returns a promise of its end", `it returned ${describe(returned)}`, hint);
    expect(error === undefined, "it comes to its end", said(error), this.#wayOut(error));
    const happened = `it was blocked for ${inSeconds(this.#blocked)}`;
    const way = "sleepSync stops every task, sleep only the one that awaits it";
    expect(program.mayBlock || this.#blocked === 0, "no task blocks the thread", happened, way);
    return result;
  }

  /** Runs on a loop the calls that `start` returns, as tasks, in the same way. Returns their results. */
  onLoop(start: (loop: EventLoop) => Call[], program?: Program): Promise<Unknown[]> {
    return this.run(() => {
      const loop = new EventLoop();
      const tasks = start(loop).map(([fn, ...args]) => loop.createTask(fn, ...args));
      return loop.runUntilComplete(gather(...tasks));
    }, program);
  }

  /** Runs a program of plain promises in the same way. */
  runPlain(main: () => unknown): Promise<Unknown> {
    return this.run(main, { plain: true });
  }

  /** Words on how to mend what ended a program, if they are known. */
  #wayOut(error: unknown): string | undefined {
    const words = wordsOf(error);
    const { generated, processed } = this.performance.run;
    const wanted = this.numbers.producers * this.numbers.items;
    if (/is not iterable/.test(words)) {
      return "await opens what get gives; Promise.all takes a list, of calls";
    }
    if (/one is running already/.test(words)) {
      return "the loop runs this function already: await gather(…) here, without runUntilComplete";
    }
    if (!(error instanceof DeadlockError && generated <= wanted) || /same queue/.test(words)) {
      return undefined;
    }
    if (/ for room /.test(words)) {
      return `the consumers take only ${processed} of ${wanted} items out, so the producers wait for room`;
    }
    if (generated < wanted) {
      return `only ${generated} of ${wanted} were put in: does every producer start, with all of its items?`;
    }
    const all = wanted === 1 ? "the one item was" : `all ${wanted} items were`;
    return `${all} put in: the consumers ask for more than there are`;
  }

  /** The events of one kind, in order. */
  of(what: Event["what"]): Event[] {
    return this.events.filter((event) => event.what === what);
  }

  /** Writes down an event of the task that is running. */
  note(what: Event["what"], value?: unknown, latency?: number): void {
    this.events.push({ what, value, latency, time: this.total, task: currentLoop()?.current?.name });
  }

  /** Counts a line that the program prints. */
  linePrinted(): void {
    if (++this.#lines > MOST.lines) throw this.end(`it prints without end, more than ${MOST.lines} lines`);
  }

  /** Ends the run, whatever a `catch` of the answer does with the error. Returns the error. */
  end(reason: string): LessonError {
    const error = new LessonError(reason);
    this.performance.end(error);
    return error;
  }

  readonly itemGenerated = (value: unknown) => this.note("generated", value);

  readonly itemProcessed = (value: unknown, latency: number) => this.note("processed", value, latency);

  readonly taskDone = () => this.note("end");

  queueChanged(change: number): void {
    this.left += change;
    this.most = Math.max(this.most, this.left);
    this.#countCall();
  }

  awaitableCreated({ kind }: Future<unknown>): void {
    if (kind === "sleep") this.note(kind);
    this.#countCall();
  }

  sliceEnded({ name }: Task, start: number, end: number): void {
    if (!name.startsWith("our ")) this.#blocked += end - start;
    this.#calls = 0;
    this.#slices = end > this.#since ? 0 : this.#slices + 1;
    this.#since = end;
    if (this.#slices > MOST.slices) {
      this.end(`${name} comes back again and again, and no time passes: it asks instead of waiting`);
    }
    if (end > MOST.seconds) this.end(`after ${MOST.seconds} s of its time it was still not over`);
  }

  #countCall(): void {
    if (++this.#calls <= MOST.calls) return;
    throw this.end("it never gives way: a loop without an await that waits keeps the thread for itself");
  }
}

/** A case: the numbers with which an answer is tried. */
type Case = (number | number[] | undefined)[];

/** An exercise, with the names of what is to be written, each with its type, and those of the numbers of its cases. */
export interface Exercise {
  needs: string[][];
  names: string[];
  cases: Case[];
  /** Runs on a stage what is given: an answer and the numbers of a case. Expects what must hold then. */
  attempt(given: Named, stage: Stage): unknown;
}

/**
 * Makes an exercise.
 *
 * @param calls the names of what is to be written, with those of the numbers, "main(producers, items)"; or else with the
 * type of each, "lines:object"
 * @param cases the smallest first
 */
export function exercise(calls: string, cases: Case[], attempt: Exercise["attempt"]): Exercise {
  const [needs, names = ""] = calls.split(/[()]/);
  return { needs: needs.split(" ").map((need) => need.split(":")), names: names.split(", "), cases, attempt };
}

/** Makes an exercise of questions, each answered with `true` or `false`; there is a word on why for each. */
export function choices(name: string, due: Record<string, [isTrue: boolean, why: string]>): Exercise {
  return exercise(`${name}:object`, [[]], ({ [name]: given }) => {
    for (const [question, [isTrue, why]] of Object.entries(due)) {
      const is = given[question];
      expect(is === isTrue, `another answer for ${question}`, `yours is ${is}`, why);
    }
  });
}
