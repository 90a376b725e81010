import { outsideCode } from "./markdown.ts";

/** The target of a link: inline, in a definition, in raw HTML; code comes first, so that it is passed over. */
const code = /(?<!`)(`+)(?!`)[^]*?[^`]\1(?!`)/;
const inline = /(?<=\]\(\s*)(?:<([^<>\n]*)>|([^\s<>()]+))/;
const definition = /(?<=^ {0,3}\[[^\^\]\n][^\]\n]*\]:[ \t]*)(?:<([^<>\n]*)>|(\S+))/;
const attribute = /(?<=<(?:a|img)\b[^<>]*\s(?:href|src)\s*=\s*)(?:"([^"]*)"|'([^']*)')/;
const target = new RegExp(`${code.source}|${inline.source}|${definition.source}|${attribute.source}`, "gmi");

/** Turns the targets of a Markdown text's links and images into others; of a link to nowhere (""), the words remain. Code stays. */
export function rewriteLinks(source: string, to: (href: string) => string): string {
  return outsideCode(source, (text) => replaceTargets(text, to));
}

function replaceTargets(text: string, to: (href: string) => string): string {
  const changed = text.replace(target, (all: string, _ticks, ...rest) => {
    const href = (rest.slice(0, 6) as (string | undefined)[]).find((group) => group !== undefined);
    if (href === undefined) return all;
    const other = to(href);
    if (other === href) return all;
    if (/^["']/.test(all)) return all[0] + (other || nowhere) + all[0];
    return /[\s()<>]/.test(other) ? `<${other}>` : other || nowhere;
  });
  if (!changed.includes(nowhere)) return changed;
  return changed.replace(/!?\[((?:[^[\]]|\[[^[\]]*\])*)\]\(\s*\0[^)\n]*\)/g, "$1")
    .replace(/\s(?:href|src)\s*=\s*(["'])\0\1/gi, "").replaceAll(nowhere, "#");
}

/** The mark of a link that leads nowhere. */
const nowhere = "\0";
