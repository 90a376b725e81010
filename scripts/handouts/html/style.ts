import { darkRules } from "../../../lib/plots/palette.ts";
import cells from "../css/cells.css" with { type: "text" };
import code from "../css/code.ts";
import colours from "../css/colours.css" with { type: "text" };
import frame from "../css/frame.css" with { type: "text" };
import live from "../css/live.css" with { type: "text" };
import print from "../css/print.css" with { type: "text" };
import prose from "../css/prose.css" with { type: "text" };
import screens from "../css/screens.css" with { type: "text" };

/** The style of a notebook's content, on pages and on slides. */
export const contentCss = [colours, prose, cells, code].join("\n");

/** The style of pages, live ones included. Later rules override earlier ones. */
export const css = [contentCss, frame, live, screens, print, darkRules('[data-figure="course"]')].join("\n");

/** Returns the style of a course's own accent colour, which is lighter on a dark page. */
export function accentCss(accent?: string): string {
  return accent ? `:root{--link:light-dark(${accent},color-mix(in oklab,${accent},white 60%))}` : "";
}
