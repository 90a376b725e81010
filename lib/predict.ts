import { describe } from "./arguments.ts";
import { show, Showable } from "./display.ts";
import { escapeMarkup } from "./escape.ts";

/** The expectation of a learner, written down before the answer is seen. */
export class Prediction {
  constructor(readonly guess: unknown) {}

  /** The number that was predicted, if it is one; plots draw it. */
  get number(): number | undefined {
    return typeof this.guess === "number" && Number.isFinite(this.guess) ? this.guess : undefined;
  }

  /**
   * Shows what was predicted beside what happened.
   *
   * @param answer what happened: a number, or a choice
   * @param about the unit of a number, "s"; or, for a choice, a word on why each other one is wrong
   */
  async reveal(answer: number | string, about: string | Record<string, string> = ""): Promise<void> {
    const [unit, why] = typeof about === "string" ? [about && ` ${about}`, {}] : ["", about];
    const text = this.#verdict(answer, unit, why);
    await show(new Showable({ "text/html": `<p>${escapeMarkup(text)}</p>`, "text/plain": text }));
  }

  #verdict(answer: number | string, unit: string, why: Record<string, string>): string {
    const written = (it: unknown) =>
      typeof it === "number" ? `${Math.round(it * 100) / 100}${unit}` : `${it}`;
    const it = `It is ${written(answer)}.`;
    if (this.guess === undefined) return `${it} (You predicted nothing.)`;
    if (typeof this.guess !== typeof answer) {
      return `${it} (You predicted ${describe(this.guess)}; a ${typeof answer} was asked for.)`;
    }
    const plain = (it: unknown) =>
      typeof it === "number" ? written(it) : `${it}`.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    const guess = plain(this.guess);
    if (guess === plain(answer)) return `You predicted ${guess}, and so it is.`;
    return [`You predicted ${guess}.`, it, why[guess]].filter(Boolean).join(" ");
  }
}

/**
 * Writes down what you expect, before you run the cell that tells; with nothing between the parentheses, it goes through
 * all the same.
 *
 * ```ts
 * import { predict } from "@course/lib";
 *
 * const seconds = predict(25);
 * await seconds.reveal(30.2, "s"); // You predicted 25 s. It is 30.2 s.
 * ```
 */
export function predict(guess?: unknown): Prediction {
  return new Prediction(guess);
}
