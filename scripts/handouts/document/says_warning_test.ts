import { equal } from "node:assert/strict";
import { saysWarning } from "./says_warning.ts";

Deno.test("saysWarning() is true of text that starts with the word and a colon, in any colour", () => {
  equal(saysWarning({ head: "Warning: a task was never awaited" }), true);
  equal(saysWarning({ head: "\x1b[33mwarning\x1b[0m: a" }), true);
});

Deno.test("saysWarning() is false of all other text", () => {
  for (const head of ["", "Warnings are off", "A warning: b"]) equal(saysWarning({ head }), false);
});
