import { describe } from "../arguments.ts";
import { LessonError } from "../errors.ts";
import { show, Showable } from "../display.ts";
import { escapeMarkup } from "../escape.ts";
import { timeline } from "../plots/timeline.ts";
import { host } from "../host/mod.ts";
import { loadPlain } from "../plain.ts";
import { engineTurn } from "../turns.ts";
import { consumer, producer, relay } from "./awaits.ts";
import { COMES_TO_ITS_END, type Exercise, Finding, said } from "./exercise.ts";
import { keepGlobals } from "./globals.ts";
import { marked, sleeping, waiting } from "./marks.ts";
import { pages, twin } from "./plain.ts";
import { type Schedule, Stage } from "./stage.ts";
import { formulas, lineOrder, receipt } from "./sync.ts";
import { within } from "./within.ts";
import { bounded, breakfast, consumers, producers, quick } from "./tasks.ts";

/** The exercises, by their numbers in the notebooks. */
// deno-lint-ignore no-explicit-any
const exercises: Record<string, Exercise<any>> = {
  "1.1": formulas,
  "1.2": lineOrder,
  "1.3": receipt,
  "2.1": marked,
  "2.2": waiting,
  "2.3": sleeping,
  "3.1": producer,
  "3.2": consumer,
  "3.3": relay,
  "4.1": producers,
  "4.2": consumers,
  "4.3": bounded,
  "4.4": quick,
  "5.1": breakfast,
  "5.2": twin,
  "5.3": pages,
};

/** Three seeds, first in the loop's own order and then in others. */
const SCHEDULES: Schedule[] = [0, 1, 2, 3, 4].flatMap((order) => [1, 2, 3].map((seed) => ({ seed, order })));

/** The result of a check. */
export interface Checked {
  /** The number of runs. */
  tries: number;
  /** What is wrong in the smallest case that fails, if any does. */
  failed?: { finding: Finding; words: string; stage: Stage };
  /** The figures of a right answer. */
  figures?: string;
}

/** Milliseconds that one try may take, and all of them. A right answer takes two, and a hundred. */
const MOST = { one: 500, all: 3000 };

/** Tries an answer in every case under every schedule, or under one alone, until one fails. */
export async function tryAnswer(
  name: string,
  answer: Record<string, unknown>,
  only?: Schedule,
): Promise<Checked> {
  const exercise = exercises[name];
  const deadline = performance.now() + MOST.all;
  let tries = 0;
  await loadPlain();
  const putBack = keepGlobals();
  for (const numbers of exercise.cases) {
    for (const schedule of only ? [only] : exercise.schedules ?? SCHEDULES) {
      tries++;
      const stage = new Stage(schedule);
      const limit = Math.min(MOST.one, deadline - performance.now());
      const finding = await tryOnce(stage, limit, putBack, () => exercise.attempt(answer, stage, ...numbers));
      if (finding) return { tries, failed: { finding, words: exercise.words(...numbers), stage } };
    }
  }
  let figures: string | undefined;
  const stage = new Stage({ seed: 2164, order: 0 });
  const finding = await tryOnce(stage, MOST.one, putBack, async () => {
    figures = await exercise.figures?.(answer, stage);
  });
  return finding ? { tries, failed: { finding, words: "many items", stage } } : { tries, figures };
}

/** Returns what is wrong in one try, if anything is. */
async function tryOnce(
  stage: Stage,
  limit: number,
  putBack: () => string[],
  attempt: () => Promise<void> | void,
): Promise<Finding | undefined> {
  let finding: Finding | undefined;
  let unhandled: string | undefined;
  const forget = host.onUnhandled((sentence) => unhandled ??= sentence);
  const end = await within(limit, async () => {
    try {
      await attempt();
    } catch (error) {
      finding = error instanceof Finding ? error : new Finding(COMES_TO_ITS_END, said(error));
    }
  });
  const replaced = putBack();
  await new Promise<void>((done) => engineTurn(done)); // a promise that has just failed is reported by then
  forget();
  if (end !== "over") {
    const [happened, hint] = ENDLESS[end];
    stage.abandon(happened);
    return new Finding(COMES_TO_ITS_END, happened, hint);
  }
  if (replaced.length > 0) {
    const names = replaced.slice(0, 3).join(" and ");
    return new Finding(
      `it leaves ${names} alone`,
      `it replaced ${names}`,
      "what it replaced is back in place",
    );
  }
  return finding ?? (unhandled ? new Finding("every failure is handled", unhandled) : undefined);
}

const ENDLESS = {
  busy: [
    "after half a second it was still running, and was stopped",
    "a loop needs a condition that ends it, or an await in it that waits",
  ],
  waiting: [
    "after half a second it was still waiting for something that does not come",
    undefined,
  ],
} as const;

/**
 * Checks what a learner wrote for an exercise: runs it in many cases, with many random numbers and orders of tasks, and
 * shows what it found. It never throws because of an answer.
 *
 * @param name the exercise's number, "3.1"
 * @param answer what was written, by its names: `{ generateData }`
 * @param only the one schedule to try, as a check that failed names it: `{ seed: 1, order: 2 }`
 * @throws {LessonError} if there is no such exercise, or something is missing in `answer`
 */
export async function check(
  name: string,
  answer: Record<string, unknown>,
  only?: Partial<Schedule>,
): Promise<void> {
  const exercise = exercises[name];
  if (!exercise) {
    throw new LessonError(
      `Cannot check ${describe(name)}: there is no such exercise; there are ${
        Object.keys(exercises).join(", ")
      }.`,
    );
  }
  for (const [need, type] of Object.entries(exercise.needs)) {
    const given = answer?.[need];
    if (typeof given === type && given !== null) continue;
    const sentence = `Exercise ${name}, not yet. ${need} should be a ${type}, and is ${describe(given)}.`;
    return await show(verdict(false, sentence));
  }
  const { tries, failed, figures } = await tryAnswer(name, answer, only && { seed: 1, order: 0, ...only });
  if (!failed) {
    const tried = `tried in ${tries} ${tries === 1 ? "way" : "ways"}`;
    return await show(
      verdict(true, `Exercise ${name} is right: ${[figures, tried].filter(Boolean).join("; ")}.`),
    );
  }
  const { finding: { expected, happened, hint }, words, stage } = failed;
  const { seed, order } = stage.schedule;
  const places = hint === undefined ? stage.warnings.slice(0, 4) : [hint];
  await show(verdict(
    false,
    `Exercise ${name}, not yet. Tried with ${words} (seed ${seed}${order ? `, order ${order}` : ""}).`,
    ended(`Expected: ${expected}`),
    ended(`Happened: ${happened}`),
    ...places.map((place) => ended(`Look here: ${place}`)),
  ));
  if (stage.events.length > 0 && stage.total > 0) {
    await show(timeline(stage.seen, { title: `The run that failed: ${words}` }));
  }
}

/** A sentence with its full stop. */
function ended(sentence: string): string {
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Sentences in a box, green or red, which says in words which of the two. */
function verdict(isRight: boolean, ...sentences: string[]): Showable {
  const [colour, mark] = isRight ? ["#1a7f37", "✓"] : ["#b35900", "✗"];
  const html = `<div style="border-left:4px solid ${colour};padding:.3em .8em">${
    sentences.map((sentence, i) =>
      `<p style="margin:.2em 0">${i === 0 ? `<strong>${mark} ` : ""}${escapeMarkup(sentence)}${
        i === 0 ? "</strong>" : ""
      }</p>`
    ).join("")
  }</div>`;
  return new Showable({
    "text/html": html,
    "text/plain": [`${mark} ${sentences[0]}`, ...sentences.slice(1)].join("\n"),
  });
}
