import assert from "node:assert/strict";
import { readDeclarations } from "./declaration.ts";
import { checkValue, literal, shown } from "./value.ts";

const [items, speed, name, mode, dry] = readDeclarations(
  `const items = 20; // whole, 1 to 1000: items
   const speed = 1; // above 0: speed
   const name = "a";
   const mode: "fast" | "slow" = "fast";
   const dry = false;`,
  "a cell",
);

Deno.test("checkValue() reads texts as the parameter's type", () => {
  assert.equal(checkValue(items, " 7 "), 7);
  assert.equal(checkValue(speed, "infinity"), Infinity);
  assert.equal(checkValue(speed, "1e-3"), 0.001);
  assert.equal(checkValue(name, " 7 "), " 7 ");
  assert.equal(checkValue(dry, "true"), true);
});

Deno.test("checkValue() takes values of a file as they are", () => {
  assert.equal(checkValue(items, 7), 7);
  assert.equal(checkValue(dry, true), true);
  assert.equal(checkValue(speed, "Infinity"), Infinity);
});

const faults: [parameter: typeof items, given: unknown, message: string][] = [
  [items, "-1", "Cannot set items to -1: give a whole number from 1 to 1000."],
  [items, "2.5", "Cannot set items to 2.5: give a whole number from 1 to 1000."],
  [items, "1001", "Cannot set items to 1001: give a whole number from 1 to 1000."],
  [items, "NaN", "Cannot set items to NaN: give a whole number from 1 to 1000."],
  [items, NaN, "Cannot set items to NaN: give a whole number from 1 to 1000."],
  [items, "", 'Cannot set items to "": give a whole number from 1 to 1000.'],
  [items, "0x10", "Cannot set items to 0x10: give a whole number from 1 to 1000."],
  [
    items,
    "1..3",
    "Cannot set items to 1..3: give a whole number from 1 to 1000. For many values at once, there is deno task sweep.",
  ],
  [items, "1;x()", 'Cannot set items to "1;x()": give a whole number from 1 to 1000.'],
  [items, true, "Cannot set items to true: give a whole number from 1 to 1000."],
  [items, null, "Cannot set items to null: give a whole number from 1 to 1000."],
  [items, [1], 'Cannot set items to "[1]": give a whole number from 1 to 1000.'],
  [speed, "0", "Cannot set speed to 0: give a number above 0."],
  [name, 5, "Cannot set name to 5: give a text."],
  [mode, "SLOW", "Cannot set mode to SLOW: give one of fast, slow."],
  [dry, "yes", "Cannot set dry to yes: give true or false."],
];
for (const [parameter, given, message] of faults) {
  Deno.test(`checkValue() refuses ${JSON.stringify(given)} for ${parameter.name}`, () => {
    assert.throws(() => checkValue(parameter, given), { message });
  });
}

Deno.test("literal() writes values that read back as themselves", () => {
  const texts = ['"; Deno.exit() //', "\\", "\u2028\u2029\n\r\0\x7f", "${x}`'", "\ud800", "</script>"];
  for (const value of [1, -1.5, 1e21, Infinity, -Infinity, true, false, ...texts]) {
    assert.equal(new Function(`return ${literal(value)};`)(), value);
  }
});

Deno.test("literal() stays on one line", () => {
  assert(!/[\n\r\u2028\u2029]/.test(literal("\n\r\u2028\u2029")));
});

Deno.test("shown() is short and on one line", () => {
  assert.equal(shown("a\nb"), '"a\\nb"');
  assert(shown("x y".repeat(1000)).length < 70);
});
