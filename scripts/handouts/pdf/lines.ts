import { ansiToHtml } from "../document/ansi.ts";
import { highlight } from "../document/highlight.ts";
import { readSpans, type Run, splitLines } from "./spans.ts";
import { array, call, content, quoted } from "./typst.ts";
import { breakPoints, withBreaks } from "./wrap.ts";

/** A word of code longer than this may break; anything shorter fits below the deepest indent. */
const LONGEST = 56;

/** Highlighted code as the template's lines: indent and length, in columns, and content. */
export function codeLines(source: string, language: string): string {
  const text = source.replace(/\r\n?/g, "\n").replace(/\s+$/, "").replaceAll("\t", "  ");
  return toLines(readSpans(highlight(text, language)), codeStyles);
}

/** Terminal text as the template's lines, with its colours. */
export function terminalLines(text: string): string {
  const end = text.endsWith("\n") ? text.slice(0, -1) : text;
  return toLines(readSpans(ansiToHtml(end.replaceAll("\t", "        "))), ansiStyles);
}

function toLines(runs: readonly Run[], styles: (classes: readonly string[]) => string[]): string {
  return array(
    splitLines(runs).map((line) => {
      const text = line.map((run) => run.text).join("");
      if (text.trim() === "") return "(0,0,none)";
      const points = breakPoints(text, LONGEST);
      let offset = 0;
      const parts = line.map((run) => {
        const literal = quoted(withBreaks(run.text, points, offset));
        offset += run.text.length;
        return styles(run.classes).reduceRight((inner, style) => call(style, inner), literal);
      });
      const indent = text.length - text.trimStart().length;
      return `(${indent},${text.length},${parts.length === 1 ? parts[0] : content(...parts)})`;
    }),
  );
}

const inks: [RegExp, string][] = [
  [/^hljs-(keyword|literal|meta)$/, "hl-keyword"],
  [/^hljs-(string|regexp|template-variable)$/, "hl-string"],
  [/^hljs-number$/, "hl-number"],
  [/^hljs-comment$/, "hl-comment"],
  [/^(class_|hljs-type|hljs-built_in)$/, "hl-type"],
  [/^hljs-title$/, "hl-function"],
  [/^hljs-(subst|attr|variable|params|property)$/, ""],
];

/** The innermost class that has a colour decides. */
function codeStyles(classes: readonly string[]): string[] {
  for (const name of classes.toReversed()) {
    const ink = inks.find(([pattern]) => pattern.test(name));
    if (ink) return ink[1] === "" ? [] : [ink[1]];
  }
  return [];
}

/** The template's functions have the classes' own names; a background comes last, as it changes the ink as well. */
function ansiStyles(classes: readonly string[]): string[] {
  return [...classes].sort((a, b) => Number(a.endsWith("-bg")) - Number(b.endsWith("-bg")));
}
