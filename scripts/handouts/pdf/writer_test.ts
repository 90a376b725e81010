import { equal } from "node:assert/strict";
import { Writer } from "./writer.ts";

Deno.test("Writer closes what is left open and drops what closes nothing", () => {
  const writer = new Writer();
  writer.close("strong");
  writer.open("strong", "strong({[];", "});");
  writer.add('"a"');
  equal(writer.end(), '{[];strong({[];"a";});}');
});

Deno.test("Writer closes in the right order, whatever is asked", () => {
  const writer = new Writer();
  writer.open("b", "b({", "});");
  writer.open("i", "i({", "});");
  writer.close("b");
  writer.close("i");
  equal(writer.end(), "{[];b({i({});});}");
});

Deno.test("Writer closes nothing below a floor", () => {
  const writer = new Writer();
  writer.open("b", "b({", "});");
  writer.close("b", writer.depth);
  equal(writer.depth, 1);
});

Deno.test("Writer keeps the text of what is nested too deep, and every list's items in their list", () => {
  const writer = new Writer();
  for (let n = 0; n < 40; n++) {
    writer.open("list", "list(", ");");
    writer.open("item", "{[];", "},", true);
  }
  writer.add('"x"');
  const written = writer.end();
  const count = (part: string) => written.split(part).length - 1;
  equal(count("list("), count("},"));
  equal(count("list("), 7);
  equal(count('"x"'), 1);
});
