import { deepEqual, equal } from "node:assert/strict";
import { readParameters } from "./parameters.ts";

Deno.test("readParameters() reads names and values, with or without types and comments", () => {
  const source =
    `// how many\nconst items = 20; // each\nlet speed: number = Infinity;\nconst title = "a; // b";`;
  deepEqual(readParameters([source]), [
    { name: "items", value: "20" },
    { name: "speed", value: "Infinity" },
    { name: "title", value: '"a; // b"' },
  ]);
});

Deno.test("readParameters() lets injected values win, and keeps their order", () => {
  const values = readParameters(["const items = 20;\nconst seed = 1;", "items = 5"]);
  deepEqual(values, [{ name: "items", value: "5" }, { name: "seed", value: "1" }]);
});

Deno.test("readParameters() takes a value for no comment, in any language", () => {
  const value = (source: string) => readParameters([source])[0].value;
  equal(value('const url: string = "http://a"; // where'), '"http://a"');
  equal(value("const url = `http://a`;"), '"http://a"');
  equal(value('url = "http://a"  # where'), '"http://a"');
});
