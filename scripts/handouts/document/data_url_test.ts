import { deepEqual, equal, match } from "node:assert/strict";
import { attachedPicture, pictureUrl, readPicture } from "./data_url.ts";

const textIn = (url: string) => new TextDecoder().decode(readPicture(url)?.bytes);

Deno.test("pictureUrl() holds what readPicture() gives back", () => {
  deepEqual(readPicture(pictureUrl("image/png", "b25\nl")), {
    mime: "image/png",
    bytes: new TextEncoder().encode("one"),
  });
  equal(textIn("data:image/svg+xml;base64,PHN2Zy8+"), "<svg/>");
});

Deno.test("pictureUrl() says that an SVG is one, without which no image shows it", () => {
  const url = attachedPicture("attachment:a%20b", { "a b": { "image/svg+xml": "<svg>\ud800</svg>" } })!;
  match(textIn(url), /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg">/);
});

Deno.test("readPicture() takes no broken picture for one", () => {
  for (const url of ["cat.png", "data:image/png,a", "data:image/png;base64,é", "data:text/html,a"]) {
    equal(readPicture(url), undefined, url);
  }
});
