import { describe } from "../arguments.ts";
import { show, Showable } from "../display.ts";
import { LessonError } from "../errors.ts";
import { escapeMarkup } from "../escape.ts";
import { host } from "../host/host.ts";
import { within } from "../host/within.ts";
import { timeline } from "../plots/timeline.ts";
import { engineTurn } from "../turns.ts";
import { count } from "../words.ts";
import { awaits } from "./awaits.ts";
import type { Exercises } from "./exercise.ts";
import { COMES_TO_ITS_END, Finding, said } from "./expect.ts";
import { keepGlobals } from "./globals.ts";
import { marks } from "./marks.ts";
import { plain } from "./plain.ts";
import { type Schedule, Stage } from "./stage.ts";
import { sync } from "./sync.ts";
import { tasks } from "./tasks.ts";

const exercises: Exercises = { ...sync, ...marks, ...awaits, ...tasks, ...plain };

/** Three seeds, first in the loop's own order and then in others. */
const SCHEDULES: Schedule[] = [0, 1, 2, 3, 4].flatMap((order) => [1, 2, 3].map((seed) => ({ seed, order })));

/** The result of a check. */
export interface Checked {
  /** The number of runs of a right answer. */
  tries: number;
  /** What is wrong in the smallest case that fails, if any does; what was tried; and its run. */
  failed?: { finding: Finding; words: string; stage: Stage };
  /** The figures of a right answer. */
  figures?: string;
}

/** Runs an answer on a stage, and throws what is wrong. */
type Attempt = (stage: Stage) => Promise<void> | void;

/** Milliseconds that one try may take, and all of them. A right answer takes two, and a hundred. */
const MOST = { one: 500, all: 3000 };

/** Tries an answer in every case under every schedule, or under one alone, until one fails. */
export async function tryAnswer(
  name: string,
  answer: Record<string, unknown>,
  only?: Schedule,
): Promise<Checked> {
  const exercise = exercises[name];
  const { schedules = SCHEDULES, figures: [program, wordsOf] = [] } = exercise;
  const deadline = performance.now() + MOST.all;
  const putBack = keepGlobals();
  let figures: string | undefined;
  const tries = exercise.cases.flatMap((numbers) => {
    const attempt: Attempt = (stage) => exercise.attempt(answer, stage, ...numbers);
    const words = exercise.words(...numbers);
    return (only ? [only] : schedules).map((schedule) => ({ schedule, words, attempt }));
  });
  const last = {
    schedule: { seed: 2164, order: 0 },
    words: "many items",
    async attempt(stage: Stage) {
      await stage.run(() => program?.(answer));
      figures = wordsOf?.(stage.performance.run);
    },
  };
  for (const { schedule, words, attempt } of [...tries, last]) {
    const stage = new Stage(schedule, exercise.plain);
    const finding = await tryOnce(stage, Math.min(MOST.one, deadline - performance.now()), putBack, attempt);
    if (finding) return { tries: tries.length, failed: { finding, words, stage } };
  }
  return { tries: tries.length, figures };
}

const ENDLESS: Record<"busy" | "waiting", [happened: string, hint?: string]> = {
  busy: [
    "after half a second it was still running, and was stopped",
    "a loop needs a condition that ends it, or an await in it that waits",
  ],
  waiting: ["after half a second it was still waiting for something that does not come"],
};

/** Returns what is wrong in one try, if anything is. */
async function tryOnce(
  stage: Stage,
  limit: number,
  putBack: () => string[],
  attempt: Attempt,
): Promise<Finding | undefined> {
  let finding: Finding | undefined;
  const forget = host.onUnhandled((said) => finding ??= new Finding("every failure is handled", said));
  const end = await within(limit, async () => {
    try {
      await attempt(stage);
    } catch (error) {
      finding = error instanceof Finding ? error : new Finding(COMES_TO_ITS_END, said(error));
    }
  });
  const names = putBack().slice(0, 3).join(" and ");
  await new Promise<void>((done) => engineTurn(done)); // a promise that has just failed is reported by then
  forget();
  if (end !== "over") {
    const [happened, hint] = ENDLESS[end];
    stage.abandon(happened);
    return new Finding(COMES_TO_ITS_END, happened, hint);
  }
  if (!names) return finding;
  return new Finding(`it leaves ${names} alone`, `it replaced ${names}`, "what it replaced is back in place");
}

/**
 * Checks what a learner wrote for an exercise: runs it in many cases, with many random numbers and orders of tasks, and
 * shows what it found. It never throws because of an answer.
 *
 * @param name the exercise's number, "3.1"
 * @param answer what was written, by its names: `{ generateData }`
 * @param only the one schedule to try, as a check that failed names it: `{ seed: 1, order: 2 }`
 * @throws {LessonError} if there is no such exercise
 */
export async function check(
  name: string,
  answer: Record<string, unknown>,
  only?: Partial<Schedule>,
): Promise<void> {
  const exercise = exercises[name];
  if (!exercise) {
    const all = Object.keys(exercises).join(", ");
    throw new LessonError(`Cannot check ${describe(name)}: there is no such exercise; there are ${all}.`);
  }
  const notYet = `Exercise ${name}, not yet.`;
  for (const [need, type] of Object.entries(exercise.needs)) {
    const given = answer?.[need];
    if (typeof given === type && given !== null) continue;
    return await show(verdict(false, `${notYet} ${need} should be a ${type}, and is ${describe(given)}.`));
  }
  const { tries, failed, figures } = await tryAnswer(name, answer, only && { seed: 1, order: 0, ...only });
  if (!failed) {
    const results = [figures, `tried in ${count(tries, "way")}`].filter(Boolean).join("; ");
    return await show(verdict(true, `Exercise ${name} is right: ${results}.`));
  }
  const { finding: { expected, happened, hint }, words, stage } = failed;
  const { seed, order } = stage.schedule;
  const { warnings, run } = stage.performance;
  const places = hint === undefined ? warnings.slice(0, 4) : [hint];
  await show(verdict(
    false,
    `${notYet} Tried with ${words} (seed ${seed}${order ? `, order ${order}` : ""}).`,
    `Expected: ${expected}`,
    `Happened: ${happened}`,
    ...places.map((place) => `Look here: ${place}`),
  ));
  if (stage.events.length > 0 && stage.total > 0) {
    await show(timeline(run, { title: `The run that failed: ${words}` }));
  }
}

/** Sentences in a box, green or red, which says in words which of the two. */
function verdict(isRight: boolean, first: string, ...others: string[]): Showable {
  const [colour, mark] = isRight ? ["#1a7f37", "✓"] : ["#b35900", "✗"];
  const sentences = others.map((sentence) => /[.?!]$/.test(sentence) ? sentence : `${sentence}.`);
  const paragraphs = [`<strong>${mark} ${escapeMarkup(first)}</strong>`, ...sentences.map(escapeMarkup)];
  const html = paragraphs.map((paragraph) => `<p style="margin:.2em 0">${paragraph}</p>`).join("");
  return new Showable({
    "text/html": `<div style="border-left:4px solid ${colour};padding:.3em .8em">${html}</div>`,
    "text/plain": [`${mark} ${first}`, ...sentences].join("\n"),
  });
}
