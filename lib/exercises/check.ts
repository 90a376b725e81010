import { describe } from "../arguments.ts";
import { show, Showable } from "../display.ts";
import { LessonError } from "../errors.ts";
import { escapeMarkup } from "../escape.ts";
import { host } from "../host/host.ts";
import { steps } from "../plots/steps.ts";
import { timeline } from "../plots/timeline.ts";
import { exercises, type Named, type Schedule } from "./stage.ts";
import { tryAnswer } from "./tries.ts";

const OLD = "This is what the last check saw: if you changed it, its cell has not run, or has failed.";

/** The last answer checked for each exercise, by number. */
const checked = new Map<string, Named>();

/**
 * Checks a learner's answer to an exercise: tries it in many cases, with several seeds and orders of tasks, and shows the
 * verdict. It never throws because of an answer.
 *
 * @param name the exercise's number, "3.1"
 * @param answer the parts of the answer by name: `{ generateData }`
 * @param only the one schedule to try, as a failed check names it: `{ seed: 1, order: 2 }`
 * @throws {LessonError} if there is no such exercise
 */
export async function check(name: string, answer: Named, only?: Partial<Schedule>): Promise<void> {
  if (!exercises.has(String(name))) {
    const all = [...exercises.keys()].sort(new Intl.Collator("en", { numeric: true }).compare).join(", ");
    throw new LessonError(`Cannot check ${describe(name)}: there is no such exercise; there are ${all}.`);
  }
  const before = checked.get(name);
  const isOld = before && !host.isReactive &&
    Object.entries(answer ?? {}).every(([part, it]) => it === before[part]);
  checked.set(name, { ...answer });
  const { tries, failed } = await tryAnswer(name, answer, only && { seed: 1, order: 0, ...only });
  host.checked(name, !failed);
  if (!failed) {
    const ways = tries > 1 ? `; tried in ${tries} ways` : "";
    return await show(verdict(true, `Exercise ${name} is right${ways}.`));
  }
  const { finding: { expected, happened, hint }, words, stage } = failed;
  const { seed, order } = stage.schedule;
  const { run } = stage.execution;
  const places = hint ? [hint] : stage.warnings.filter((warning) => warning !== happened).slice(0, 4);
  const schedule = `seed ${seed}${order ? `, order ${order}` : ""}`;
  const how = words ? `${words} (${schedule})` : seed > 1 || order ? schedule : "";
  await show(verdict(
    false,
    `Exercise ${name}, not yet.${how && ` Tried with ${how}.`}`,
    `Expected: ${expected}`,
    `Happened: ${happened}`,
    ...places.map((place) => `Look here: ${place}`),
    ...isOld ? [OLD] : [],
  ));
  const hasLanes = run.lanes.some(({ name }) => name !== "program"); // "program" is the code outside of tasks
  if (stage.events.length > 0 && hasLanes && stage.total > 0) {
    const draw = run.steps.some(({ note }) => note) ? steps : timeline;
    await show(draw(run, { title: `The run that failed${words && `: ${words}`}` }));
  }
}

/** Returns the verdict as a box, green or orange, with a mark that says the same without colour. */
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
