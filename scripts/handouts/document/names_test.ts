import { deepEqual, equal } from "node:assert/strict";
import { Names, slug } from "./names.ts";

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
