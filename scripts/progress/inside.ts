/** Runs a learner's cells in a process that may only compute. Reports go to stdout, each after a secret. @module */
import { keepGlobals } from "../../lib/exercises/globals.ts";
import { currentLoop } from "../../lib/loop.ts";
import { compile } from "../handouts/live/cell.ts";
import type { Step } from "./steps.ts";

/** The request: the steps to run, and the secret that reports start with. */
export type Asked = { secret: string; steps: Step[] };

/** A report: a step begins, an exercise was checked, or all steps are over. */
export type Told = { step: number } | { check: string; why: string } | { over: true };

const { stringify } = JSON;
const encode = TextEncoder.prototype.encode.bind(new TextEncoder());
const write = Deno.stdout.writeSync.bind(Deno.stdout);
const exit = Deno.exit;
const later = setTimeout;
const { secret, steps }: Asked = await new Response(Deno.stdin.readable).json();
/** Writes a report, which no `toJSON` of a learner can change. */
const tell = (told: Told) => void write(encode(`\n${secret}${stringify({ __proto__: null, ...told })}\n`));

// As in a page's worker, but nobody sees what cells show and print.
Object.assign(globalThis, { [Symbol.for("course.host")]: { broadcast: () => Promise.resolve() } });
for (const name of ["debug", "error", "info", "log", "warn"] as const) console[name] = () => {};
// A failure that nobody awaits costs nothing else.
for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, (event) => event.preventDefault());
const lib: Record<string, unknown> = await import("@course/lib");
const { tryAnswer } = await import("../../lib/exercises/tries.ts");

const scope = globalThis as unknown as Record<string, unknown>;
for (const name of ["localStorage", "caches"]) Object.defineProperty(scope, name, { value: undefined }); // these need no permission
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
  await new Promise((done) => later(done, 1)); // what the step leaves behind fails now, not in the next step
  currentLoop()?.stop();
}
tell({ over: true });
exit();
