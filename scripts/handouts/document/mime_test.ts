import { deepEqual, equal } from "node:assert/strict";
import type { MimeBundle } from "../../notebook/notebook.ts";
import { chooseRepresentation } from "./mime.ts";

Deno.test("chooseRepresentation() prefers a vector picture to all else", () => {
  const bundle = { "text/plain": "p", "image/png": "iVBO", "text/html": "h", "image/svg+xml": "<svg/>" };
  deepEqual(chooseRepresentation(bundle), [{ kind: "data", mime: "image/svg+xml", data: "<svg/>" }]);
});

Deno.test("chooseRepresentation() takes an unknown image, text or JSON where nothing is known", () => {
  const mimes = (bundle: MimeBundle) =>
    chooseRepresentation(bundle).map((found) =>
      found.kind === "data" ? `${found.mime}: ${found.data}` : found.text
    );
  deepEqual(mimes({ "text/x-log": "a\nb", "application/x-y": "?" }), ["text/x-log: a\nb"]);
  deepEqual(mimes({ "application/geo+json": { a: 1 } }), ['application/geo+json: {\n  "a": 1\n}']);
  deepEqual(mimes({ "application/x-y": "?" }), ["An output of type application/x-y cannot be shown here."]);
  deepEqual(mimes({ "text/plain": null }), ["An output without data cannot be shown here."]);
});

Deno.test("chooseRepresentation() tells of a broken picture and shows the next best", () => {
  const found = chooseRepresentation({ "image/svg+xml": "<svg><g></svg>", "text/plain": "a plot" });
  deepEqual(found.map(({ kind }) => kind), ["note", "data"]);
  const png = chooseRepresentation({ "image/png": { not: "base64" } });
  equal(png[0].kind === "note" && png[0].text, "An output of type image/png is left out: it is not base64.");
});
