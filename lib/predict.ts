import { describe } from "./arguments.ts";
import { show, Showable } from "./display.ts";
import { escapeMarkup } from "./escape.ts";
import { noGuess } from "./words.ts";

/** A learner's guess, made before the answer is seen. */
export class Prediction {
  constructor(readonly guess: unknown) {}

  /** The guess, if it is a number; plots draw it. */
  get number(): number | undefined {
    return typeof this.guess === "number" && Number.isFinite(this.guess) ? this.guess : undefined;
  }

  /**
   * Shows the guess beside the answer.
   *
   * @param answer the right answer: a number, or a choice
   * @param about the unit of a number, such as "s"; or the reason why each other choice is wrong, by the choice
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
    if (this.guess === undefined) return it + noGuess;
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
 * Records your guess, before you run the cell that gives the answer. You may leave the parentheses empty.
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
