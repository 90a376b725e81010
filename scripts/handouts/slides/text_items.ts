import { ansiToHtml, withoutAnsi } from "../document/ansi.ts";
import type { CutText } from "../document/cut.ts";
import { highlightLines } from "../document/highlight.ts";
import { chunks } from "./chunks.ts";
import { htmlLines, textOfLine } from "./html_lines.ts";
import { height, kinds, room, rowsOf } from "./measure.ts";
import type { Item } from "./pack.ts";

/** A cell's code. What is longer than a slide goes on below it, cut between two functions where there are some. */
export function codeItems(source: string, language: string): Item[] {
  const { line, columns, around } = kinds.code;
  const lines = highlightLines(source, language).split(/(?<=\n<\/span>)(?=<span class="line")/);
  const most = Math.floor((room.height - around - 60) / line);
  const rows = (html: string) => rowsOf(textOfLine(html).trimEnd(), columns);
  const parts = chunks(lines, most, rows, (html, before) => {
    const [text, above] = [textOfLine(html), textOfLine(before)];
    return (/^\S/.test(text) && !/^[\])}]/.test(text) ? 2 : 0) + (above.trim() === "" ? 1 : 0);
  });
  return parts.map(withoutBlankEnd).map((part) => ({
    html: `<pre class="code"><code>${part.join("")}</code></pre>`,
    height: part.reduce((sum, html) => sum + rows(html), 0) * line + around,
  }));
}

function withoutBlankEnd(lines: string[]): string[] {
  return lines.slice(0, lines.findLastIndex((html) => textOfLine(html).trim() !== "") + 1);
}

/** Printed lines on a slide: more than these lose their middle. */
const most = { head: 60, tail: 20, characters: 1_000 };

/** What a cell printed, in columns where its lines are short. */
export function outputItems(text: CutText, kind: string): Item[] {
  const { head, left, tail } = limited(text);
  const pre = (text: string) => text === "" ? [] : preItems(text, kind);
  const note: Item[] = left
    ? [{ html: `<p class="note">${left}</p>`, height: kinds.note.line, holds: 60 }]
    : [];
  return [...pre(head), ...note, ...pre(tail ?? "")];
}

function limited({ head, left, tail = "" }: CutText): CutText {
  const [start, end] = [linesOf(head), linesOf(tail)];
  const all = [...start, ...end];
  if (left === undefined && all.length <= most.head + most.tail + 5) return { head: all.join("\n") };
  const first = (left === undefined ? all : start).slice(0, most.head);
  const last = (left === undefined ? all : end).slice(-most.tail);
  const total = Number(left?.match(/lines .* of ([\d,]+)\.$/)?.[1].replaceAll(",", "") ?? all.length);
  const told = `${total - first.length - last.length} lines are left out here, of ${total}.`;
  return { head: first.join("\n"), left: left?.includes("characters") ? left : told, tail: last.join("\n") };
}

function linesOf(text: string): string[] {
  if (text === "") return [];
  return text.replace(/\n$/, "").split("\n").map((line) =>
    line.length > most.characters ? withoutAnsi(line).slice(0, most.characters) + " …" : line
  );
}

/** Columns side by side, by the longest line that fits into them. */
const layouts = [
  { columns: 3, longest: 28, from: 24 },
  { columns: 2, longest: 46, from: 12 },
  { columns: 1, longest: Infinity, from: 0 },
];

function preItems(text: string, kind: string): Item[] {
  const { line, columns } = kinds.output;
  const lines = htmlLines(ansiToHtml(text));
  const longest = Math.max(...lines.map((html) => textOfLine(html).length));
  const layout = layouts.find((layout) => longest <= layout.longest && lines.length >= layout.from)!;
  const rows = (html: string) => rowsOf(textOfLine(html), columns);
  const tallest = Math.floor((room.height - 60) / line);
  return chunks(lines, tallest * layout.columns, rows).map((part) => {
    const inAll = part.reduce((sum, html) => sum + rows(html), 0);
    const side = layout.columns > 1 && inAll >= layout.from ? layout.columns : 1;
    const short = side === 1 && inAll <= layouts[1].from;
    const style = side > 1 ? ` style="columns:${side}"` : "";
    return {
      html: `<pre class="text ${kind}${short ? " short" : ""}"${style}>\n${part.join("\n")}</pre>`,
      height: short
        ? part.reduce((sum, html) => sum + height(textOfLine(html), kinds.short), 0)
        : Math.ceil(inAll / side) * line,
    };
  });
}
