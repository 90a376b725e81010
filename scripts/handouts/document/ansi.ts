import Anser from "anser";
import { h, type Node } from "./tree.ts";

const names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/**
 * Terminal text as content, with CSS classes for colours. Colours and weights (SGR) are all that is interpreted; other
 * control sequences vanish. There are only eight colours, each of them legible on the page: bright ones and any of
 * 16 million become the nearest of these.
 */
export function terminalText(text: string): Node[] {
  const clean = withoutControls(text);
  if (!clean.includes("\x1b")) return clean === "" ? [] : [clean];
  const pieces = Anser.ansiToJson(clean, { use_classes: true, json: true, remove_empty: true });
  return pieces.map((piece) => {
    const classes = [
      colour(piece.fg, piece.fg_truecolor, "fg"),
      colour(piece.bg, piece.bg_truecolor, "bg"),
      ...piece.decorations.map((name) =>
        /^(bold|dim|italic|underline|strikethrough)$/.test(name) ? `ansi-${name}` : ""
      ),
    ].filter(Boolean);
    const words = piece.content.replaceAll("\x1b", "");
    return classes.length > 0 ? h("span", { class: classes.join(" ") }, words) : words;
  });
}

/** Takes out every control sequence but SGR, and lets a carriage return start its line again, as a terminal does. */
function withoutControls(text: string): string {
  return text
    // deno-lint-ignore no-control-regex
    .replace(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?/g, "")
    // deno-lint-ignore no-control-regex
    .replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, (sequence) => /^\x1b\[[\d;]*m$/.test(sequence) ? sequence : "")
    // deno-lint-ignore no-control-regex
    .replace(/\x1b(?!\[[\d;]*m)/g, "")
    .replaceAll("\r\n", "\n")
    .split("\n").map((line) => line.slice(line.replace(/\r+$/, "").lastIndexOf("\r") + 1)).join("\n")
    // deno-lint-ignore no-control-regex
    .replace(/[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f\r]/g, "");
}

/** Anser's "ansi-bright-yellow", "ansi-palette-200" or "ansi-truecolor" as "ansi-yellow" and the like. */
function colour(name: string | null, truecolor: string | null, side: "fg" | "bg"): string {
  if (!name) return "";
  const palette = name.match(/^ansi-palette-(\d+)$/)?.[1];
  const rgb = truecolor
    ? truecolor.split(",").map(Number)
    : palette
    ? paletteColour(Number(palette))
    : undefined;
  const plain = rgb ? nearest(rgb) : name.replace(/^ansi-(bright-)?/, "");
  return names.includes(plain) ? `ansi-${plain}-${side}` : "";
}

/** The 256-colour palette past its first 16: a cube of 6 x 6 x 6, then greys. */
function paletteColour(index: number): number[] {
  if (index < 16) return bits(index % 8);
  if (index >= 232) return Array(3).fill(8 + (index - 232) * 10);
  const cube = index - 16;
  return [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((level) => level * 51);
}

/** Sets a bit for each channel that comes near the strongest one, and so finds the name of the hue. */
function nearest(rgb: number[]): string {
  const strongest = Math.max(...rgb);
  const grey = strongest - Math.min(...rgb) < 40;
  const on = (channel: number) => grey ? strongest > 127 : channel > 0.6 * strongest;
  return names[(on(rgb[0]) ? 1 : 0) + (on(rgb[1]) ? 2 : 0) + (on(rgb[2]) ? 4 : 0)];
}

function bits(index: number): number[] {
  return [index & 1, index & 2, index & 4].map((bit) => bit ? 255 : 0);
}
