import { equal, match, ok } from "node:assert/strict";
import { printableSvg as printable } from "./svg.ts";

const printableSvg = (source: string) => {
  const bytes = printable(source);
  return bytes && new TextDecoder().decode(bytes);
};

Deno.test("printableSvg() sets all text in one face of Typst's own", () => {
  const svg = printableSvg(
    `<svg xmlns="x" font-family="system-ui, 'Segoe UI'"><text font-weight="650" style="font-family: 'A B'; fill: red">font-family="a"</text></svg>`,
  )!;
  equal(
    svg,
    '<svg font-family="Libertinus Serif" xmlns="x"><text style="; fill: red">font-family="a"</text></svg>',
  );
});

Deno.test("printableSvg() keeps a picture of code monospaced", () => {
  match(printableSvg(`<svg font-family="Menlo, 'A B', monospace"/>`)!, /font-family="DejaVu Sans Mono"/);
});

Deno.test("printableSvg() keeps the size of a font, however it is given", () => {
  match(printableSvg('<svg><g style="font: bold 12px/1.5 Arial"/></svg>')!, /<g style="font-size:12px"\/>/);
  match(printableSvg('<svg font-size="9"/>')!, /font-size="9"/);
});

Deno.test("printableSvg() gives the root what it lacks", () => {
  equal(printableSvg("<svg/>"), '<svg font-family="Libertinus Serif" xmlns="http://www.w3.org/2000/svg"/>');
  match(printableSvg('<svg><use xlink:href="#a"/></svg>')!, /xmlns:xlink=/);
});

Deno.test("printableSvg() drops rules for screens and keeps the others", () => {
  const svg = printableSvg(
    "<svg><style>.a{fill:red}@media (x){.a{fill:blue}.b{fill:none}}.e{fill:none}</style></svg>",
  )!;
  match(svg, /<style>\.a\{fill:red\}\.e\{fill:none\}<\/style>/);
  ok(printableSvg("<svg><style>@media x{</style><g/></svg>")!.includes("</style><g/></svg>"));
});

Deno.test("printableSvg() refuses what is not XML", () => {
  equal(printableSvg("<svg><g></svg>"), undefined);
});
