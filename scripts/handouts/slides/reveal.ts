/** What makes a page a slide show. @module */
import revealCss from "reveal.js/reveal.css" with { type: "text" };
import { createRequire } from "node:module";
import cells from "../css/cells.css" with { type: "text" };
import code from "../css/code.ts";
import colours from "../css/colours.css" with { type: "text" };
import prose from "../css/prose.css" with { type: "text" };
import fit from "./fit.js" with { type: "text" };
import slides from "./slides.css" with { type: "text" };

const require = createRequire(import.meta.url);
const library = (name: string) =>
  Deno.readTextFileSync(require.resolve(name)).replaceAll("</script", "<\\/script");

/** The pages' style, and what slides have of their own. */
export const css = [colours, prose, cells, code, slides].join("\n");

/** The style of reveal.js: for the screen alone, once the slides are cut. */
export const screenCss = revealCss;

/** reveal.js, its speaker view, and what cuts the slides and starts the show. */
export const scripts = [library("reveal.js"), library("reveal.js/plugin/notes"), fit];
