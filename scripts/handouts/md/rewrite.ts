import { parseMarkdown } from "../document/markdown.ts";

/** Where a link leads in Markdown: inline, in a definition, in raw HTML; code comes first, so that it is passed over. */
const code = /(?<!`)(`+)(?!`)[^]*?[^`]\1(?!`)/;
const inline = /(?<=\]\(\s*)(?:<([^<>\n]*)>|([^\s<>()]+))/;
const definition = /(?<=^ {0,3}\[[^\]\n]+\]:[ \t]*)(?:<([^<>\n]*)>|(\S+))/;
const attribute = /(?<=<(?:a|img)\b[^<>]*\s(?:href|src)\s*=\s*)(?:"([^"]*)"|'([^']*)')/;
const target = new RegExp(`${code.source}|${inline.source}|${definition.source}|${attribute.source}`, "gmi");

/** Turns the targets of a Markdown text's links and images into others; code stays as it is. */
export function rewriteLinks(source: string, to: (href: string) => string): string {
  const isCode = codeLines(source);
  return mapRuns(
    source.split("\n"),
    isCode,
    (text) =>
      text.replace(target, (all: string, _ticks, ...rest) => {
        const href = (rest.slice(0, 6) as (string | undefined)[]).find((group) => group !== undefined);
        if (href === undefined) return all;
        const changed = to(href);
        if (changed === href) return all;
        if (/^["']/.test(all)) return all[0] + changed + all[0];
        return /[\s()<>]/.test(changed) ? `<${changed}>` : changed;
      }),
  ).join("\n");
}

/** For each line whether it belongs to a block of code. */
function codeLines(source: string): boolean[] {
  const lines = source.split("\n").map(() => false);
  for (const { type, map } of parseMarkdown(source)) {
    if (map && (type === "fence" || type === "code_block")) lines.fill(true, map[0], map[1]);
  }
  return lines;
}

/** Maps each run of lines that are no code as one text, since a link's words may wrap. */
function mapRuns(lines: string[], isCode: boolean[], map: (text: string) => string): string[] {
  const runs: string[][] = [];
  lines.forEach((line, at) =>
    at > 0 && isCode[at] === isCode[at - 1] ? runs.at(-1)!.push(line) : runs.push([line])
  );
  let at = 0;
  return runs.map((run) => {
    const text = run.join("\n");
    const result = isCode[at] ? text : map(text);
    at += run.length;
    return result;
  });
}
