import { equal, match, ok } from "node:assert/strict";
import { parseMarkdown } from "../document/markdown.ts";
import { linksOf } from "./links.ts";
import { renderMarkup } from "./markup.ts";

const context = {
  link: linksOf(new Map(), { file: "01.pdf", anchors: new Set<string>() }),
  picture: (src: string, alt: string) => `picture(${JSON.stringify(src)},${JSON.stringify(alt)})`,
  label: (id: string) => `01.pdf#${id}`,
};
const render = (source: string) => renderMarkup(parseMarkdown(source), context);

Deno.test("renderMarkup() writes words as strings and marks as calls", () => {
  equal(
    render("a *b* **c** `d` ~~e~~"),
    '{[];p({[];"a ";emph({[];"b";});" ";strong({[];"c";});" ";c("d");" ";strike({[];"e";});});}',
  );
});

Deno.test("renderMarkup() lets nothing out of a string", () => {
  equal(render('#let $x$ @y \\/\\/ [z] "'), '{[];p({[];"#let $x$ @y // [z] \\"";});}');
  equal(render("`\\`"), '{[];p({[];c("\\\\");});}');
});

Deno.test("renderMarkup() keeps lists, tight and loose, and where they start", () => {
  equal(render("3. a\n4. b"), '{[];items(true,enum(start:3,tight:true,{[];"a";},{[];"b";},));}');
  match(render("- a\n\n- b"), /list\(tight:false,\{\[\];p\(\{\[\];"a";\}\);\},/);
});

Deno.test("renderMarkup() keeps tables, their heads and their sides", () => {
  equal(
    render("|a|b|\n|-|-:|\n|1|2|"),
    '{[];sheet(true,(left,right,),table.header({[];"a";},{[];"b";},),{[];"1";},{[];"2";},);}',
  );
});

Deno.test("renderMarkup() keeps a paragraph with the table, list or code that it leads to", () => {
  match(render("These:\n\n- a"), /^\{\[\];lead\(/);
  match(renderMarkup(parseMarkdown("Run it:"), { ...context, leads: true }), /^\{\[\];lead\(/);
  match(render("No.\n\nYes."), /^\{\[\];p\(/);
});

Deno.test("renderMarkup() takes raw tags for what paper can keep of them", () => {
  equal(
    render("H<sub>2</sub>O<br>x<blink>y</blink><!-- z -->"),
    '{[];p({[];"H";sub({[];"2";});"O";linebreak();"x";"y";});}',
  );
});

Deno.test("renderMarkup() balances raw tags that are left open or cross", () => {
  equal(render("<b>a *b</b> c* d"), '{[];p({[];strong({[];"a ";emph({[];"b";});});" c";" d";});}');
});

Deno.test("renderMarkup() gives block HTML's text, and none of its scripts", () => {
  const written = render("<div><p>a <b>b</b></p><script>no()</script><style>no</style></div>");
  ok(written.includes('"a "') && written.includes('strong({[];"b";})') && !written.includes("no"), written);
});

Deno.test("renderMarkup() passes pictures on", () => {
  match(render("![a plot](attachment:x.png)"), /block\(\{\[\];picture\("attachment:x.png","a plot"\)/);
});
