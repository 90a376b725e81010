// What the tests share.
import { EventLoop, now, type Run } from "../mod.ts";

/** Runs `main` as the one task of a loop, on a clock that waits for nothing. */
export function run<T>(main: () => Promise<T>): Promise<T> {
  const loop = new EventLoop();
  return loop.runUntilComplete(loop.createTask(main));
}

/** The words that are said, and when, `0.5 got it`, by a program whose tasks say it. */
export async function said(program: (say: (what: unknown) => void) => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  await run(() => program((what) => lines.push(`${now()} ${what}`)));
  return lines;
}

/** The lines that the console is given while `main` runs; and what `main` throws, if it does. */
export async function printed(main: () => unknown) {
  const { log, warn } = console;
  const lines: string[] = [];
  const warnings: string[] = [];
  console.log = (line: string) => lines.push(line);
  console.warn = (line: string) => warnings.push(line);
  try {
    await main();
    return { lines, warnings };
  } catch (error) {
    return { lines, warnings, error: error as Error };
  } finally {
    Object.assign(console, { log, warn });
  }
}

/** Makes a test that is retried: on a real clock, a machine that stalls for a tenth of a second rightly shows. */
export function triedAgain(test: () => unknown): () => Promise<void> {
  return async () => {
    for (let tries = 5;;) {
      try {
        await test();
        return;
      } catch (error) {
        if (--tries === 0) throw error;
      }
    }
  };
}

/** The lanes of a run, each with the stretches in which it ran, and in which it waited, and for what. */
export function lanesOf(run: Run) {
  return run.lanes.map((lane) => {
    const steps = run.steps.filter((step) => step.lane === lane.name);
    const slices = steps.map(({ start, end }) => ({ start, end }));
    const waits = steps.filter(({ next }) => next !== "end").map(({ end, resumes, next }) => (
      { start: end, end: resumes || run.total, for: next } // it still waited at the end of the run
    ));
    return { ...lane, slices, waits };
  });
}

/** A promise that a timer of the engine's own fulfils, unknown to any loop. */
export function engineTimer(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
