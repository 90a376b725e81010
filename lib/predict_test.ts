import { equal } from "node:assert/strict";
import { predict } from "./predict.ts";
import { printed } from "./testdata/testing.ts";

Deno.test("reveal() says whether a prediction is right, what the answer is, and why a choice is wrong", async () => {
  const why = { a: "Nobody waits." };
  for (
    const [guess, answer, about, text] of [
      [3, 3, "producers", "You predicted 3 producers, and so it is."],
      [25, 30.2, "s", "You predicted 25 s. It is 30.2 s."],
      [" B.", "b", why, "You predicted b, and so it is."],
      [-5, 5, "s", "You predicted -5 s. It is 5 s."],
      ["25.5", 25.5, "s", 'It is 25.5 s. (You predicted "25.5"; a number was asked for.)'],
      [2, "b", why, "It is b. (You predicted 2; a string was asked for.)"],
      ["d, A, c", "dac", why, "You predicted dac, and so it is."],
      ["a ", "B", why, "You predicted a. It is B. Nobody waits."],
      [undefined, "b", why, "It is b. (You predicted nothing.)"],
    ] as const
  ) {
    equal((await printed(() => predict(guess).reveal(answer, about))).lines.join(), text);
  }
});
