import { deepEqual, equal, ok } from "node:assert/strict";
import { fileStem, Names, slug } from "./names.ts";

Deno.test("Names.claim() gives no name twice, whatever its capitals", () => {
  const names = new Names(["index"]);
  const claimed = ["queue", "Queue", "queue-1", "queue", "index"].map((name) => names.claim(name));
  deepEqual(claimed, ["queue", "Queue-1", "queue-1-1", "queue-2", "index-1"]);
});

Deno.test("slug() makes GitHub's anchors", () => {
  equal(slug("Where do we wait? `sleep` & get"), "where-do-we-wait-sleep--get");
  equal(slug("Größe: 東京"), "größe-東京");
  equal(slug("?!"), "section");
});

Deno.test("fileStem() takes folders, the ending and what no file name may hold away", () => {
  equal(fileStem("notebooks/03-awaiting.ipynb"), "03-awaiting");
  equal(fileStem('a"<b>:c?.ipynb'), "a-b-c-");
  equal(fileStem("../..ipynb"), "notebook");
  equal(fileStem("été à l'école.ipynb"), "été à l'école");
  ok(new TextEncoder().encode(fileStem("長".repeat(300))).length <= 200);
});
