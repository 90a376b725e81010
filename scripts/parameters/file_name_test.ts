import assert from "node:assert/strict";
import { fileNameOf, placeFor } from "./file_name.ts";

Deno.test("fileNameOf() writes plain values as they are", () => {
  assert.equal(fileNameOf([["producers", "3"], ["speed", "Infinity"]]), "producers=3,speed=Infinity");
  assert.equal(
    fileNameOf([["maxItems", "1..5"], ["x", "1,2,5"], ["y", "-1.5e-7"]]),
    "maxItems=1..5,x=1,2,5,y=-1.5e-7",
  );
  assert.equal(fileNameOf([]), "");
});

Deno.test("fileNameOf() makes unsafe texts safe, and distinguishes them by a hash", () => {
  const odd = [
    "../../etc/passwd",
    "a b",
    "A",
    "a/b",
    'con"',
    "",
    "x".repeat(300),
    "ü",
    "a.",
    "\0",
    "; rm -rf ~",
  ];
  const names = odd.map((text) => fileNameOf([["name", text]]));
  for (const name of names) assert.match(name, /^name-(?:[a-z0-9-]{1,86}-)?[0-9a-f]{8}$/);
  assert.equal(new Set(names).size, odd.length);
  assert.equal(fileNameOf([["name", "../../etc/passwd"]]).slice(0, 15), "name-etc-passwd");
});

Deno.test("fileNameOf() distinguishes a text from the values that it looks like", () => {
  for (const a of ["1,b=2", "A,b=2"]) {
    assert.notEqual(fileNameOf([["a", a]]), fileNameOf([["a", a.split(",")[0]], ["b", "2"]]));
  }
});

Deno.test("fileNameOf() distinguishes texts that differ only in case", () => {
  const [one, other] = ["Fast", "fast"].map((text) => fileNameOf([["name", text]]).toLowerCase());
  assert.notEqual(one, other);
});

Deno.test("fileNameOf() shortens many values, and distinguishes them by a hash", () => {
  const settings = (last: string) =>
    Array.from({ length: 30 }, (_, i): [string, string] => [`p${i}`, i === 29 ? last : "1"]);
  const [one, other] = ["1", "2"].map((last) => fileNameOf(settings(last)));
  assert(one.length <= 100 && one !== other);
});

Deno.test("placeFor() leaves room for values and an extension, however long the notebook's name is", async () => {
  const values = fileNameOf(Array.from({ length: 20 }, (_, i) => [`name${i}`, "a".repeat(20)] as const));
  const { place } = await placeFor(`${"長".repeat(80)}.ipynb`, ".", `sweep-${values}`, [".ipynb"]);
  assert(new TextEncoder().encode(`${place}.partial.ipynb`).length <= 255);
});
