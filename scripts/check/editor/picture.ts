/** Draws a cell as an editor shows it, with squiggles under the code and the messages below. @module */
import { escapeMarkup } from "../../../lib/escape.ts";
import { darkRules, type Ink, palette } from "../../../lib/plots/palette.ts";
import { codeLines } from "../../handouts/document/highlight.ts";
import type { Node } from "../../handouts/document/tree.ts";
import type { Finding } from "./awaits.ts";

const [left, lineHeight, letter] = [52, 21, 7.8];
const { text, quiet, line, paper, other, consumer, bound, producer } = palette;
const inks = { error: bound.light, hint: producer.light };
/** The colours of code, by highlight.js's classes. */
const tokens = new Map<string, Ink>(
  Object.entries({ keyword: other, built_in: other, number: consumer, string: consumer, comment: quiet }),
);

/** Draws code with its findings as a self-contained SVG; `alt`, the text alternative, states every finding. */
export function draw(code: string, findings: readonly Finding[]): { svg: string; alt: string } {
  const lines = code.split("\n");
  const columns = Math.max(64, ...lines.map(({ length }) => length));
  const [width, right] = [left + Math.ceil(columns * letter) + 20, left - 2 * letter];
  const parts: string[] = [];
  let [y, at] = [12, 0];
  for (const [i, content] of codeLines(code, "typescript").entries()) {
    const { length } = lines[i];
    const indent = lines[i].search(/\S|$/);
    parts.push(row(`${i + 1}`, right - `${i + 1}`.length * letter, y += lineHeight, quiet));
    parts.push(row(content, left, y));
    for (const { start, end, kind } of findings) {
      const [from, to] = [Math.max(start - at, indent), Math.min(Math.max(end, start + 1) - at, length)];
      if (to > from) parts.push(squiggle(left + from * letter, y + 5, to - from, kind));
    }
    at += length + 1;
  }
  parts.push(`<path d="M0,${y += 18}H${width}" stroke="${line.light}"/>`);
  y += 4;
  const messages = findings.map(({ start, kind, message }) =>
    `line ${code.slice(0, start).split("\n").length}, ${kind}: ${message}`
  );
  for (const [i, message] of messages.entries()) {
    parts.push(squiggle(18, y + lineHeight - 4, 2, findings[i].kind));
    for (const part of message.match(new RegExp(`\\S.{0,${columns - 1}}(?=\\s|$)`, "g"))!) {
      parts.push(row(part, left, y += lineHeight));
    }
  }
  if (messages.length === 0) parts.push(row("No problems.", left, y += lineHeight, quiet));
  const alt = `The editor underlines ${messages.join(" ") || "nothing."}`;
  const height = y + 16;
  const size = `width="${width}" height="${height}"`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" class="course-editor" ${size} viewBox="0 0 ${width} ${height}" ` +
    `role="img" aria-label="${escapeMarkup(alt)}" style="max-width:100%;height:auto" ` +
    `font-family="Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13">` +
    `<style>${darkRules(".course-editor")}</style>` +
    `<rect ${size} rx="8" fill="${paper.light}"/>${parts.join("")}</svg>`;
  return { svg, alt };
}

/** Draws a line of text. Each run of one colour is fitted to its columns, as fonts differ in width. */
function row(content: Node, x: number, y: number, ink: Ink = text): string {
  const parts = runsOf(content, ink).map(([run, { light }]) => {
    const [words, start] = [run.trim(), x + run.search(/\S|$/) * letter];
    x += run.length * letter;
    const fit = `textLength="${(words.length * letter).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
    return words &&
      `<text x="${start.toFixed(1)}" y="${y}" ${fit} fill="${light}">${escapeMarkup(words)}</text>`;
  });
  return parts.join("");
}

function runsOf(node: Node, ink: Ink): [run: string, ink: Ink][] {
  if (typeof node === "string") return [[node, ink]];
  const own = tokens.get(node.attributes.class?.replace("hljs-", "") ?? "") ?? ink;
  return node.children.flatMap((child) => runsOf(child, own));
}

function squiggle(x: number, y: number, columns: number, kind: Finding["kind"]): string {
  const waves = "q1.5,-3 3,0t3,0".repeat(Math.round(columns * letter / 6));
  return `<path d="M${x.toFixed(1)},${y}${waves}" fill="none" stroke="${inks[kind]}" stroke-width="1.3"/>`;
}
