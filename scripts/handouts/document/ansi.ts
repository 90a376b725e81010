import Anser from "anser";
import { h, type Node } from "./tree.ts";

const names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/**
 * Terminal text as content, with CSS classes for colours and weights (SGR). Other control sequences are dropped. There are only
 * eight colours, all of them legible on the page; any other colour becomes the nearest of these.
 */
export function terminalText(text: string): Node[] {
  const clean = withoutControls(text);
  if (!clean.includes("\x1b")) return clean === "" ? [] : [clean];
  const pieces = Anser.ansiToJson(clean, { json: true, remove_empty: true });
  return pieces.map(({ fg, bg, decorations, content }) => {
    const weights = decorations.filter((name) => /^(bold|dim|italic|underline|strikethrough)$/.test(name));
    const kinds = [...fg ? [`${nearest(fg)}-fg`] : [], ...bg ? [`${nearest(bg)}-bg`] : [], ...weights];
    const words = content.replaceAll("\x1b", "");
    return kinds.length > 0
      ? h("span", { class: kinds.map((name) => `ansi-${name}`).join(" ") }, words)
      : words;
  });
}

/** Applies carriage returns and backspaces as a terminal would, then removes all control sequences but SGR. */
function withoutControls(text: string): string {
  return text
    // deno-lint-ignore no-control-regex
    .replace(/\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?/g, "")
    // deno-lint-ignore no-control-regex
    .replace(/\x1b(?:[ -/]+[0-~]|[0-Z\\-~])/g, "")
    .replaceAll("\r\n", "\n")
    .split("\n").map(overwritten).join("\n")
    // deno-lint-ignore no-control-regex
    .replace(/\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f]/g, (it) => /^.\[[\d;]*m$/.test(it) ? it : "");
}

/** A line after its carriage returns and backspaces, which move back so that later text overwrites earlier text. */
function overwritten(line: string): string {
  if (!/[\b\r]/.test(line)) return line;
  const cells: { character: string; style: string }[] = [];
  let [at, style] = [0, ""];
  // deno-lint-ignore no-control-regex
  for (const [piece] of line.matchAll(/\x1b\[[0-?]*[ -/]*[@-~]|[^]/gu)) {
    if (piece === "\r") at = 0;
    else if (piece === "\b") at = Math.max(0, at - 1);
    else if (/K$/.test(piece) && piece !== "K") cells.length = Math.min(at, cells.length); // erase to the end of the line
    else if (/^.\[0?m$/.test(piece)) style = piece;
    else if (piece.length > 2) style += piece;
    else cells[at++] = { character: piece, style };
  }
  const styled = cells.map(({ character, style }, i) =>
    style === (cells[i - 1]?.style ?? "") ? character : `\x1b[0m${style}${character}`
  );
  return styled.join("") + (style === (cells.at(-1)?.style ?? "") ? "" : `\x1b[0m${style}`);
}

/** The name of the colour nearest to one such as "187, 0, 0": a channel is on if it is close to the strongest one. */
function nearest(colour: string): string {
  const rgb = colour.split(",").map(Number);
  const strongest = Math.max(...rgb);
  const isGrey = strongest - Math.min(...rgb) < 40;
  const on = rgb.map((channel) => isGrey ? strongest > 127 : channel > 0.6 * strongest);
  return names[Number(on[0]) + 2 * Number(on[1]) + 4 * Number(on[2])];
}
