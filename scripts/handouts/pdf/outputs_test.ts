import { deepEqual, equal, match, ok } from "node:assert/strict";
import { display, notebook, stream } from "../testdata/fixtures.ts";
import { outputBlocks } from "../document/outputs.ts";
import type { MimeBundle, Output } from "../../notebook/notebook.ts";
import { linksOf } from "./links.ts";
import { forPaper, renderOutput } from "./outputs.ts";
import { Pictures } from "./pictures.ts";

function render(...outputs: Output[]): string {
  const pictures = new Pictures();
  const link = linksOf(new Map(), { file: "01.pdf", anchors: new Set() });
  const context = { link, pictures, picture: () => "none", label: (id: string) => id };
  return outputBlocks(outputs).map((output) => renderOutput(output, " of cell 3", context)).join("");
}

Deno.test("renderOutput() tells printed text, warnings and errors apart", () => {
  match(render(stream("a")), /^output\("plain",/);
  match(render(stream("a", "stderr")), /^output\("warning",/);
  match(
    render({ output_type: "error", ename: "E", evalue: "v", traceback: [] }),
    /^output\("error",.*"E: v"/,
  );
});

Deno.test("renderOutput() places pictures, with what they show", () => {
  equal(
    render(display({ "image/svg+xml": '<svg aria-label="A plot"/>' })),
    'picture("/pictures/1.svg","A plot",0.8)',
  );
  equal(render(display({ "image/png": "AAAA" })), 'picture("/pictures/1.png","Picture of cell 3",0.75)');
});

Deno.test("renderOutput() notes pictures of a kind that cannot be printed", () => {
  match(render(display({ "image/webp": "AAAA" })), /^note\("Picture of cell 3 is left out/);
});

Deno.test("renderOutput() makes a table of a table, and words of other HTML", () => {
  match(render(display({ "text/html": "<table><tr><td>a</td></tr></table>" })), /sheet\(/);
  equal(render(display({ "text/html": "<i>a</i>" })), '{[];p({[];emph({[];"a";});});}');
});

Deno.test("renderOutput() finds the picture inside of HTML", () => {
  match(
    render(display({ "text/html": "<figure><svg><title>x</title></svg></figure>" })),
    /^picture\("\/pictures\/1.svg","x"/,
  );
});

Deno.test("renderOutput() cuts the middle out of any text", () => {
  const long = "a line\n".repeat(100_000);
  for (
    const outputs of [[stream(long)], [display({ "text/markdown": long })], [
      display({ "application/json": long.split("\n") }),
    ]]
  ) {
    const written = render(...outputs);
    ok(written.includes("lines are left out here") && written.length < 60_000, String(written.length));
  }
});

Deno.test("forPaper() prefers plain text to HTML that is for screens", () => {
  const chosen = (data: MimeBundle) => {
    const [cell] = forPaper(notebook({ code: "1", outputs: [display(data)] })).cells;
    return cell.cell_type === "code" && Object.keys((cell.outputs[0] as { data: MimeBundle }).data);
  };
  deepEqual(chosen({ "text/html": "<b>", "text/plain": "b" }), ["text/plain"]);
  deepEqual(chosen({ "text/html": "<table>", "text/plain": "b" }), ["text/html", "text/plain"]);
  deepEqual(chosen({ "text/html": "<b>" }), ["text/html"]);
});
