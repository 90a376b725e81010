import * as Plot from "@observablehq/plot";
import { Showable } from "../display.ts";
import { type Ink } from "./palette.ts";
/** What all plots share: the width, and where the axis of seconds begins and ends, so that panels line up. */
export declare const frame: {
    readonly width: 760;
    readonly marginLeft: 128;
    readonly marginRight: 56;
};
/** An entry of the legend. */
export interface LegendEntry {
    label: string;
    shape: "dot" | "ring" | "bar" | "thin" | "line" | "dash";
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
/** Draws one self-contained picture: title, legend, panels, and a text that says what it shows. */
export declare function figure({ title, subtitle, alt, legend, panels }: FigureParts): Showable;
