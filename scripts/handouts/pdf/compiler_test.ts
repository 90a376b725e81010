import { equal, notEqual } from "node:assert/strict";
import { stable } from "./compiler.ts";

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const sorted = (text: string) => String.fromCharCode(...stable(bytes(text)));

Deno.test("stable() sorts resources, and moves nothing else", () => {
  const around = (lines: string) =>
    `\x80\xff<<\n  /ExtGState <<\n${lines}  >>\n>>\nstream\n/b 2 0 R\n/a 1 0 R\n`;
  equal(sorted(around("    /gs10 3 0 R\n    /gs1 1 0 R\n")), around("    /gs1 1 0 R\n    /gs10 3 0 R\n"));
});

Deno.test("stable() keeps every byte there is", () => {
  const all = String.fromCharCode(...Array.from({ length: 256 }, (_, n) => n));
  equal(sorted(all), all);
});

Deno.test("stable() makes the ID of what is in the file, wherever it is told", () => {
  const [one, other] = ["A".repeat(22) + "==", "B".repeat(22) + "=="];
  const file = (id: string, content = "x") => `${content} <id>${id}</id>\n/ID [(${id}) (${id})]\n`;
  equal(sorted(file(one)), sorted(file(other)));
  equal(sorted(file(one)).length, file(one).length);
  notEqual(sorted(file(one, "x")).slice(1), sorted(file(one, "y")).slice(1));
});
