import { describe } from "../arguments.ts";
import { host } from "../host/host.ts";
import { within } from "../host/within.ts";
import { engineTurn } from "../turns.ts";
import { faultOf, Finding, jsonOf } from "./expect.ts";
import { keepGlobals } from "./globals.ts";
import { exercises, type Named, type Schedule, Stage } from "./stage.ts";
import "./first_steps.ts";
import "./producers.ts";
import "./promises.ts";
import "./tasks.ts";
import "./capacity.ts";
import "./loops.ts";
import "./delivery.ts";

/** Three seeds, 2164 being that of the notebooks; first in the loop's own order, then in four others. */
const SEEDS = [1, 2, 2164];
const SCHEDULES: Schedule[] = [0, 1, 2, 3, 4].flatMap((order) => SEEDS.map((seed) => ({ seed, order })));

/**
 * The most milliseconds for one try, and for all: the rest is then not tried. A right answer takes 1 and 100, and ten times
 * that on a busy machine.
 */
const MOST = { one: 1000, all: 6000 };

const ENDLESS = { busy: "running, and was stopped", waiting: "waiting for something that does not come" };

/**
 * Tries an answer in every case under every schedule, or only under the given one, until one fails.
 *
 * @param written the answer's parts by name, and perhaps others
 * @returns the number of runs; and, if one failed, what is wrong, its case in words, and its stage
 */
export async function tryAnswer(name: string, written: Named, only?: Schedule) {
  const replaced = putBackAll();
  const { needs, names, cases, attempt } = exercises.get(String(name))!;
  let [stage, tries] = [new Stage(SCHEDULES[0]), 0];
  const end = (finding?: Finding, words = "") => ({ tries, failed: finding && { finding, words, stage } });
  if (replaced.length > 0) return end(notAlone(replaced));
  const answer: Named = {};
  for (const [need, type = "function"] of needs) {
    const part = answer[need] = written?.[need];
    const isRight = typeof part === type && part !== null;
    if (!isRight) return end(new Finding(`${need} is a ${type}`, `it is ${describe(part)}`));
  }
  const deadline = performance.now() + MOST.all;
  const restoreConsole = keepGlobals();
  const print = () => stage.countCall();
  Object.assign(console, { log: print, info: print, debug: print, warn: print, error: print });
  const putBack = keepGlobals();
  try {
    for (const values of cases) {
      const numbers = names.map((name, i) => [name, values[i]]).filter(([, value]) => value !== undefined);
      const told = numbers.filter(([name]) => name !== "due");
      const words = told.map(([name, value]) => `${name}: ${jsonOf(value)}`).join().replaceAll(",", ", ");
      for (const schedule of only ? [only] : SCHEDULES) {
        if (performance.now() > deadline) return end();
        stage = new Stage(schedule, Object.fromEntries(numbers));
        host.tried(name);
        const finding = await tryOnce(stage, putBack, () => attempt({ ...stage.numbers, ...answer }, stage));
        if (finding) return end(finding, words);
        tries++;
        const { program } = stage; // without one, all tries are the same
        if (!program || program.plain && schedule === SCHEDULES[SEEDS.length - 1]) break;
      }
    }
    return end();
  } finally {
    restoreConsole();
  }
}

/** Restores the engine and lib to their state before any cell ran, but for the console: a cell may wrap it. */
const putBackAll = keepGlobals("console");

function notAlone(replaced: string[]): Finding {
  const names = replaced.slice(0, 3).join(" and ");
  return new Finding(`it leaves ${names} alone`, `it replaced ${names}`, "it is back in place");
}

/** Returns the fault found in one try, if any. */
async function tryOnce(stage: Stage, putBack: () => string[], main: () => unknown) {
  let finding: Finding | undefined;
  let lost: string | undefined;
  const forget = host.onUnhandled((sentence) => lost ??= sentence);
  const end = await within(MOST.one, async () => {
    try {
      await main();
      const forgotten = stage.warnings.find((warning) => warning.includes("never awaited"));
      if (forgotten) throw new Finding("everything that waits is awaited", forgotten);
    } catch (error) {
      finding = faultOf(error);
    }
  });
  const replaced = putBack();
  await new Promise<void>((done) => engineTurn(done)); // a promise that has just failed is reported by then
  forget();
  if (end !== "over") {
    const happened = `after a second it was still ${ENDLESS[end]}`;
    stage.end(happened);
    const hint = "a loop needs a condition that ends it, or an await in it that waits";
    return new Finding("it comes to its end", happened, end === "busy" ? hint : undefined);
  }
  if (replaced.length > 0) return notAlone(replaced);
  if (finding) return new Finding(finding.expected, finding.happened, finding.hint ?? lost);
  return lost === undefined ? undefined : new Finding("every failure is handled", lost);
}
