import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { Showable } from "../display.ts";
import { escapeMarkup } from "../escape.ts";
import { darkRules, type Ink, palette } from "./palette.ts";

/** What all plots share: the width, and where the axis of seconds begins and ends, so that panels line up. */
export const frame = { width: 760, marginLeft: 128, marginRight: 56 } as const;

/** An entry of the legend. */
export interface LegendEntry {
  label: string;
  shape: "dot" | "ring" | "bar" | "thin" | "line" | "dash" | "dots";
  ink: Ink;
}

/** What a figure is made of. */
export interface FigureParts {
  /** The answer that the plot gives, as a sentence. */
  title: string;
  /** How to read it, or the figures behind it. */
  subtitle: string;
  /** What it shows, with the figures, for who cannot see it. */
  alt: string;
  legend: LegendEntry[];
  /** One above the other. */
  panels: Plot.PlotOptions[];
}

const SCOPE = "course-figure";
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const { document } = parseHTML("<!DOCTYPE html><html><body></body></html>") as unknown as {
  document: NonNullable<Plot.PlotOptions["document"]>;
};

/** Draws one self-contained picture: title, legend, panels, and a text that says what it shows. */
export function figure({ title, subtitle, alt, legend, panels }: FigureParts): Showable {
  const titleLines = wrap(title, 78);
  const subtitleLines = wrap(subtitle, 104);
  const texts = [
    ...titleLines.map((line, i) => text(line, 20, 30 + i * 22, 17, palette.text, 650)),
    ...subtitleLines.map((line, i) =>
      text(line, 20, 32 + titleLines.length * 22 + i * 17, 12.5, palette.quiet)
    ),
  ];
  let y = 30 + titleLines.length * 22 + subtitleLines.length * 17 + 6;
  const { svg: keys, height: legendHeight } = legendAt(legend, 20, y);
  y += legendHeight;
  const drawn = panels.map((options) => {
    const svg = panel(options, y);
    y += options.height ?? 200;
    return svg;
  });
  const [width, height] = [frame.width, y + 10];
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" class="${SCOPE}" role="img" aria-label="${
      escapeMarkup(`${title}. ${alt}`)
    }" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" ` +
    `color="${palette.text.light}" style="max-width:100%;height:auto">` +
    `<title>${escapeMarkup(title)}</title><desc>${escapeMarkup(alt)}</desc>` +
    `<style>${darkRules(SCOPE)}</style>` +
    `<rect width="${width}" height="${height}" rx="8" fill="${palette.paper.light}"/>` +
    `${texts.join("")}${keys}${drawn.join("")}</svg>`;
  return new Showable({ "image/svg+xml": svg, "text/plain": `${title}\n${alt}` });
}

/** One panel, drawn by Plot, at the height `y` of the picture. */
function panel(options: Plot.PlotOptions, y: number): string {
  const svg = Plot.plot({
    ...frame,
    ...options,
    document,
    className: "course-panel",
    style: { fontFamily: "inherit", fontSize: "12px", background: "none", overflow: "visible" },
  });
  svg.querySelector("style")?.remove();
  svg.setAttribute("y", String(y));
  svg.setAttribute("font-size", "12");
  for (const name of ["style", "class", "fill", "font-family"]) svg.removeAttribute(name);
  svg.setAttribute("fill", "currentColor");
  svg.setAttribute("overflow", "visible");
  for (const element of svg.querySelectorAll("*")) {
    // The picture as a whole has a text; what Plot says of its parts is no use inside of it.
    for (const name of ["class", "aria-label", "aria-hidden", "aria-description"]) {
      element.removeAttribute(name);
    }
  }
  return svg.outerHTML;
}

function legendAt(entries: LegendEntry[], left: number, top: number): { svg: string; height: number } {
  let [x, y] = [left, top + 6];
  const parts: string[] = [];
  for (const { label, shape, ink } of entries) {
    const width = 28 + label.length * 6.4;
    if (x + width > frame.width - 10) [x, y] = [left, y + 20];
    parts.push(key(shape, ink.light, x, y) + text(label, x + 24, y + 4, 12, palette.text));
    x += width + 10;
  }
  return { svg: parts.join(""), height: entries.length === 0 ? 0 : y - top + 14 };
}

function key(shape: LegendEntry["shape"], colour: string, x: number, y: number): string {
  switch (shape) {
    case "dot":
      return `<circle cx="${x + 10}" cy="${y}" r="4.5" fill="${colour}"/>`;
    case "ring":
      return `<circle cx="${x + 10}" cy="${y}" r="4" fill="none" stroke="${colour}" stroke-width="2"/>`;
    case "bar":
      return `<rect x="${x}" y="${y - 5}" width="18" height="10" rx="2" fill="${colour}"/>`;
    case "thin":
      return `<rect x="${x}" y="${y - 1.5}" width="18" height="3" rx="1.5" fill="${colour}"/>`;
    case "line":
      return `<path d="M${x},${y}h18" stroke="${colour}" stroke-width="1.5"/>`;
    case "dash":
      return `<path d="M${x},${y}h18" stroke="${colour}" stroke-width="2" stroke-dasharray="5,3"/>`;
    case "dots":
      return `<path d="M${x + 1},${y}h17" stroke="${colour}" stroke-width="2" stroke-dasharray="1,4" ` +
        `stroke-linecap="round"/>`;
  }
}

function text(content: string, x: number, y: number, size: number, ink: Ink, weight = 400): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${ink.light}">${
    escapeMarkup(content)
  }</text>`;
}

/** Lines of at most `most` letters, broken between words. */
function wrap(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter((word) => word !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
