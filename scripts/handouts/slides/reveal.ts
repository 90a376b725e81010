import revealCss from "reveal.js/reveal.css" with { type: "text" };
import { createRequire } from "node:module";
import code from "../css/code.css" with { type: "text" };
import colours from "../css/colours.css" with { type: "text" };
import { palette } from "../../../lib/plots/palette.ts";
import fit from "./fit.js" with { type: "text" };
import slidesCss from "./slides.css" with { type: "text" };

const require = createRequire(import.meta.url);
const library = (name: string) =>
  Deno.readTextFileSync(require.resolve(name)).replaceAll("</script", "<\\/script");

/** What slides look like in print is our own: reveal.js has a layout for paper, and one for `?print-pdf`. */
const onScreen = revealCss.replace(/@media print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, "");

/** The pages' own colours on white paper, and the plots': a slide is light wherever it is shown. */
const light = colours.match(/:root \{[^}]*\}/)![0];
const inks = Object.entries(palette).map(([name, { light }]) => `--plot-${name}:${light}`).join(";");

let read: { css: string; scripts: string[] } | undefined;

/** Everything that makes a page a slide show: reveal.js and its speaker view, our style, and what fits slides in. */
export function revealParts(): { css: string; scripts: string[] } {
  return read ??= {
    css: [onScreen, light, `:root{${inks}}`, code, slidesCss].join("\n"),
    scripts: [library("reveal.js"), library("reveal.js/plugin/notes"), fit],
  };
}
