import { equal, throws } from "node:assert/strict";
import { checkSeconds, checkSpeed, checkWhole, describe } from "./arguments.ts";
import { LessonError } from "./errors.ts";

Deno.test("checkSeconds() takes any time from 0 to 30 years", () => {
  equal(checkSeconds("sleep", 0), 0);
  equal(checkSeconds("sleep", 1e9), 1e9);
  throws(
    () => checkSeconds("sleep", 1e10),
    new LessonError("Cannot sleep for 10000000000 s: give a number of seconds from 0 to 1000000000."),
  );
});

Deno.test("checkWhole() says what it is for, the value and the bounds", () => {
  equal(checkWhole("items", 20, 1), 20);
  throws(
    () => checkWhole("items", 0.5, 1, 10),
    new LessonError("Cannot use 0.5 as items: give a whole number from 1 to 10."),
  );
  throws(
    () => checkWhole("items", 0, 1),
    new LessonError("Cannot use 0 as items: give a whole number of at least 1."),
  );
});

Deno.test("checkSpeed() takes any number above 0, Infinity too", () => {
  equal(checkSpeed(Infinity), Infinity);
  equal(checkSpeed(0.1), 0.1);
  throws(() => checkSpeed(0), LessonError);
});

Deno.test("describe() is short and on one line, whatever the value", () => {
  const shown: [unknown, string][] = [
    [undefined, "undefined"],
    [null, "null"],
    [NaN, "NaN"],
    ["a\nb", '"a\\nb"'],
    ["x".repeat(1000), `"${"x".repeat(40)}…"`],
    [Promise.resolve(), "a promise"],
    [function generateData() {}, "the function generateData"],
    [() => {}, "an unnamed function"],
    [[1, 2], "a list of 2"],
    [{ a: 1 }, "an object"],
    [Object.create(null), "an object"],
    [new Map(), "a Map"],
    [function* () {}(), "a Generator"],
    [10n, "10"],
    [Symbol("s"), "Symbol(s)"],
  ];
  for (const [value, words] of shown) equal(describe(value), words);
});
