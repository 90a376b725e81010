import { equal, match, ok } from "node:assert/strict";
import { codeLines, terminalLines } from "./lines.ts";

Deno.test("codeLines() highlights, and tells each line's indent and length", () => {
  equal(
    codeLines("if (a)\n\n  b;\n", "typescript"),
    '((0,6,{[];hl-keyword("if");" (a)";}),(0,0,none),(2,4,"  b;"),)',
  );
});

Deno.test("codeLines() colours what stands inside a template string as code", () => {
  match(
    codeLines("`a ${1}`", "typescript"),
    /hl-string\("`a "\);"\$\{";hl-number\("1"\);"\}";hl-string\("`"\)/,
  );
});

Deno.test("codeLines() gives a line that never breaks places to break", () => {
  ok(codeLines("x".repeat(100), "typescript").includes("x\u200bx"));
  ok(!codeLines("await loop.runUntilComplete(gather(task1, task2));", "typescript").includes("\u200b"));
});

Deno.test("terminalLines() keeps colours, and a background's ink innermost", () => {
  equal(
    terminalLines("\x1b[33mx\x1b[0m \x1b[41;32my\n"),
    '((0,3,{[];ansi-yellow-fg("x");" ";ansi-green-fg(ansi-red-bg("y"));}),)',
  );
});
