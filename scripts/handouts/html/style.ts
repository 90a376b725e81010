import { darkRules } from "../../../lib/plots/palette.ts";
import cells from "../css/cells.css" with { type: "text" };
import code from "../css/code.ts";
import colours from "../css/colours.css" with { type: "text" };
import frame from "../css/frame.css" with { type: "text" };
import live from "../css/live.css" with { type: "text" };
import print from "../css/print.css" with { type: "text" };
import prose from "../css/prose.css" with { type: "text" };
import screens from "../css/screens.css" with { type: "text" };

/** The style sheets of pages and of live pages, in the order in which their rules override each other. */
export const [css, liveCss] = [[], [live]].map((more) =>
  [colours, frame, prose, cells, code, ...more, screens, print].map(squeeze).join("") +
  darkRules('[data-figure="course"]')
);

/** Takes out comments, and the white space that is there for people; a page carries it all. */
function squeeze(css: string): string {
  return css.replace(/\/\*[^]*?\*\/\s*/g, "").replace(/\n\s*/g, " ").replaceAll("} ", "}\n").replaceAll(
    "{ ",
    "{",
  );
}
