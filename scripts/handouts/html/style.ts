import { darkRules } from "../../../lib/plots/palette.ts";
import cells from "../css/cells.css" with { type: "text" };
import code from "../css/code.ts";
import colours from "../css/colours.css" with { type: "text" };
import frame from "../css/frame.css" with { type: "text" };
import live from "../css/live.css" with { type: "text" };
import print from "../css/print.css" with { type: "text" };
import prose from "../css/prose.css" with { type: "text" };
import screens from "../css/screens.css" with { type: "text" };

/** The style sheet of every page, in the order in which its rules override each other. */
export const css = [colours, frame, prose, cells, code, screens, print].map(squeeze).join("") +
  darkRules('[data-figure="course"]');

/** What the style sheet of a live page has in addition. */
export const liveCss = squeeze(live);

/** Takes out comments, and the white space that is there for people; a page carries it all. */
function squeeze(css: string): string {
  return css.replace(/\/\*[^]*?\*\/\s*/g, "").replace(/\n\s*/g, " ").replaceAll("} ", "}\n").replaceAll(
    "{ ",
    "{",
  );
}
