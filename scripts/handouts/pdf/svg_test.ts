import { equal, match } from "node:assert/strict";
import { printableSvg as printable } from "./svg.ts";

const printableSvg = (source: string) => {
  const bytes = printable(source);
  return bytes && new TextDecoder().decode(bytes);
};

Deno.test("printableSvg() keeps the size of a font, however it is given", () => {
  match(printableSvg('<svg><g style="font: bold 12px/1.5 Arial"/></svg>')!, /<g style="font-size:12px"\/>/);
  match(printableSvg('<svg font-size="9"/>')!, /font-size="9"/);
  match(printableSvg('<svg><text>font: "9px"</text></svg>')!, />font: "9px"</);
});

Deno.test("printableSvg() gives all text one font, and that of code another", () => {
  match(printableSvg("<svg><g/></svg>")!, /font-family:Libertinus Serif!important/);
  match(
    printableSvg(`<svg font-family="Menlo, 'A B', monospace"><g/></svg>`)!,
    /font-family:DejaVu Sans Mono!/,
  );
});

Deno.test("printableSvg() gives the root what it lacks", () => {
  match(printableSvg("<svg/>")!, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" xmlns:xlink=/);
  match(printableSvg('<svg><use xlink:href="#a"/></svg>')!, /xmlns:xlink=/);
});

Deno.test("printableSvg() leaves the size that an author gave to the page", () => {
  const sized = printableSvg('<svg viewBox="0 0 9 3" height="60" data-sized=""/>')!;
  match(sized, /^<svg (?![^>]*(?:width|height)=)[^>]*viewBox="0 0 9 3"/);
});

Deno.test("printableSvg() refuses what is not XML", () => {
  equal(printableSvg("<svg><g></svg>"), undefined);
});
