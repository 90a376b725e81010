/** Runs a learner's cells, in a process that may do nothing but compute. What it finds goes to stdout, after a secret. @module */
import { keepGlobals } from "../../lib/exercises/globals.ts";
import { currentLoop } from "../../lib/loop.ts";
import { compile } from "../handouts/live/cell.ts";
import type { Step } from "./steps.ts";

/** The request: to run steps, and to tell of them after a secret. */
export type Asked = { secret: string; steps: Step[] };

/** A report on the steps: one begins, an exercise was checked, or all are over. */
export type Told = { step: number } | { check: string; why: string } | { over: true };

const { stringify } = JSON;
const encode = TextEncoder.prototype.encode.bind(new TextEncoder());
const write = Deno.stdout.writeSync.bind(Deno.stdout);
const exit = Deno.exit;
const later = setTimeout;
const { secret, steps }: Asked = await new Response(Deno.stdin.readable).json();
/** Tells of something, in words that a `toJSON` of a learner's cannot change. */
const tell = (told: Told) => void write(encode(`\n${secret}${stringify({ __proto__: null, ...told })}\n`));

// As for a page's worker, except that nobody sees what it shows and prints.
Object.assign(globalThis, { [Symbol.for("course.host")]: { broadcast: () => Promise.resolve() } });
for (const name of ["debug", "error", "info", "log", "warn"] as const) console[name] = () => {};
// What fails where nobody waits for it costs nothing else.
for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, (event) => event.preventDefault());
const lib: Record<string, unknown> = await import("@course/lib");
const { tryAnswer } = await import("../../lib/exercises/tries.ts");

const scope = globalThis as unknown as Record<string, unknown>;
for (const name of ["localStorage", "caches"]) Object.defineProperty(scope, name, { value: undefined }); // they need no permission
const { defineProperties, getOwnPropertyDescriptors } = Object;
const page = {
  load: (run: unknown) => run,
  define: (names: object) => defineProperties(scope, getOwnPropertyDescriptors(names)),
  imported: (_from: string, name: string) => lib[name],
  current() {},
  resumed: (_: unknown, value: unknown) => value,
};
const putBack = keepGlobals();

/** Runs a cell as a page does. */
async function run(source: string, number: number): Promise<void> {
  const { script } = compile(source, `In[${number}]`);
  scope.$page = page;
  const ended = (0, eval)(script)();
  putBack();
  await ended;
}

for (const [number, { source, check }] of steps.entries()) {
  tell({ step: number });
  if (check) {
    putBack();
    tell({ check, why: (await tryAnswer(check, scope)).failed?.finding.message ?? "" });
  } else await run(source, number).catch(() => {});
  await new Promise((done) => later(done, 1)); // what the step leaves behind goes wrong here, not in the next one
  currentLoop()?.stop();
}
tell({ over: true });
exit();
