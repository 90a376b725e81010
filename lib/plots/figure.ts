import * as Plot from "@observablehq/plot";
import { Showable } from "../display.ts";
import { escapeMarkup } from "../escape.ts";
import { type Ink, palette } from "./palette.ts";
import { svgDocument } from "./svg_document.ts";

/** The width of every plot, and the margins of every panel, so that panels line up. */
export const frame = { width: 760, marginLeft: 128, marginRight: 56, marginTop: 14, marginBottom: 12 };

/** Options that every plot takes. */
export interface PlotOptions {
  /** The finding; each plot words its own by default. */
  title?: string;
}

/** An entry of the legend. */
export interface LegendEntry {
  label: string;
  shape: keyof typeof shapes;
  ink: Ink;
  /** The data drawn this way; without any, the entry is left out. */
  rows?: unknown[];
}

/** The parts of a figure. */
export interface FigureParts {
  /** The plot's answer, as a sentence. */
  title: string;
  /** A hint for reading the plot, or the figures behind its answer. */
  subtitle: string;
  /** A description with figures, for readers who cannot see the plot. */
  alt: string;
  legend: LegendEntry[];
  /** The panels, from top to bottom. */
  panels: (Plot.PlotOptions & { height: number })[];
  /** The x axis that the panels share, drawn below the last one. */
  axis?: Plot.ScaleOptions;
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const document = svgDocument as unknown as Plot.PlotOptions["document"];

/** A centred axis label, without an arrow. */
const LABEL = { labelAnchor: "center", labelArrow: "none", tickSize: 4 } as const;

/** The legend's keys by shape, as attributes of a path at most 18 wide. */
const shapes = {
  dot: 'd="M10,0h.01" stroke-width="9" stroke-linecap="round"',
  bar: 'd="M0,0h18" stroke-width="10"',
  thin: 'd="M0,0h18" stroke-width="3"',
  line: 'd="M0,0h18" stroke-width="1.5"',
  dash: 'd="M0,0h18" stroke-width="2" stroke-dasharray="5,3"',
  dots: 'd="M1,0h17" stroke-width="2" stroke-dasharray="1,4" stroke-linecap="round"',
  cross: 'd="M6,-4l8,8m0,-8l-8,8" stroke-width="2.5"',
  tick: 'd="M10,-7v14" stroke-width="2.5"',
};

/**
 * Draws a self-contained picture: title, legend, panels, and a text alternative. Its colours are the light ones; a page that
 * may be dark adds {@linkcode darkRules}.
 */
export function figure({ title, subtitle, alt, panels, axis, ...parts }: FigureParts): Showable {
  const { width } = frame;
  const legend = parts.legend.filter(({ rows }) => rows?.length !== 0);
  const left = 20;
  const drawn: string[] = [];
  let [x, y] = [left, 8];
  for (const line of wrap(title, 72)) drawn.push(text(line, left, y += 22, 17, palette.text, 650));
  y += 7;
  for (const line of wrap(subtitle, 104)) drawn.push(text(line, left, y += 17, 12.5, palette.quiet));
  y += 27;
  for (const { label, shape, ink } of legend) {
    const room = 28 + label.length * 6.4;
    if (x + room > width - 10) [x, y] = [left, y + 20];
    drawn.push(`<path transform="translate(${x},${y})" stroke="${ink.light}" ${shapes[shape]}/>`);
    drawn.push(text(label, x + 24, y + 4, 12, palette.text));
    x += room + 10;
  }
  y += legend.length > 0 ? 14 : -6;
  for (const options of panels) {
    const isAbove = !axis || options !== panels.at(-1);
    const height = options.height + (isAbove ? 0 : 26);
    const below = { x: { ...LABEL, ...axis }, marginBottom: 38 };
    drawn.push(panel({ ...(isAbove ? { x: { ...axis, axis: null } } : below), ...options, height }, y));
    y += height;
  }
  const height = y + 10;
  const [name, words] = [escapeMarkup(title), escapeMarkup(alt)];
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" data-figure="course" role="img" aria-label="${name}. ${words}" ` +
    `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" ` +
    `color="${palette.text.light}" style="max-width:100%;height:auto"><title>${name}</title><desc>${words}</desc>` +
    `<rect width="${width}" height="${height}" rx="8" fill="${palette.paper.light}"/>${drawn.join("")}</svg>`;
  return new Showable({ "image/svg+xml": svg, "text/plain": `${title}\n${alt}` });
}

/** Draws one panel with Plot, `y` pixels below the top of the picture. */
function panel(options: Plot.PlotOptions, y: number): string {
  const svg = Plot.plot({ ...frame, ...options, document });
  svg.removeAttribute("fill");
  const attributes = { y, "font-size": 12, fill: "currentColor", overflow: "visible" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, String(value));
  return svg.outerHTML;
}

function text(content: string, x: number, y: number, size: number, ink: Ink, weight = 400): string {
  const font = `font-size="${size}" font-weight="${weight}"`;
  return `<text x="${x}" y="${y}" ${font} fill="${ink.light}">${escapeMarkup(content)}</text>`;
}

/** Wraps a text at spaces into lines of at most `most` characters. */
function wrap(text: string, most: number): string[] {
  return text.match(new RegExp(`\\S(.{0,${most - 2}}\\S)?(?=\\s|$)|\\S+`, "g")) ?? [];
}

/** Cuts the middle out of a text of more than `most` characters. Its end stays: there is the number of a task. */
export const shortened = (text: string, most = 16) =>
  text.length > most ? `${text.slice(0, most - 5)}…${text.slice(-4)}` : text;

/** An axis of names, with a band for each. */
export function bands<T>(domain: T[], padding: number, tickFormat = (it: T) => shortened(String(it))) {
  return { type: "band", domain, label: null, tickFormat, tickSize: 0, padding } as const;
}

/** Labels the whole numbers on an axis, 5000 as `5k`, and leaves the ticks between them blank. */
export function wholeNumber(value: number): string {
  if (!Number.isInteger(value)) return "";
  return value < 1000 ? String(value) : `${value / 1000}k`;
}

/** The stroke of a dashed line, as in the legend. */
export function dashed(ink: Ink, strokeWidth = 1.5) {
  return { stroke: ink.light, strokeWidth, strokeDasharray: "5,3" } as const;
}

/** The stroke of a dotted line, as in the legend. */
export function dotted(ink: Ink) {
  return { stroke: ink.light, strokeWidth: 2, strokeDasharray: "1,4", strokeLinecap: "round" } as const;
}

/** A label in the left margin of a panel, at its top. */
export function panelName(text: string, options: Plot.TextOptions = {}): Plot.Markish {
  return Plot.text([text], { frameAnchor: "top-left", dx: -108, dy: 2, textAnchor: "start", ...options });
}
