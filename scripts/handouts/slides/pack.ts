import { gap, room } from "./measure.ts";

/** A piece of a slide that is never cut. */
export interface Item {
  html: string;
  /** Pixels; of a picture, the least that it can do with. */
  height: number;
  /** Of a picture: the pixels that it would like to have. */
  wanted?: number;
  /** Starts a slide, or one below it. */
  starts?: "slide" | "subslide";
  /** How bad it is to turn the slide right after this, from 0; a heading or "thus:" wants what follows. */
  holds?: number;
  /** The heading's text, of a heading that names a slide. */
  heading?: string;
  /** Comes when asked for. Items of one cell come together. */
  fragment?: string;
  /** Speaker notes that belong here. */
  notes?: string;
}

/** One slide: what stands on it. Those after the first in a stack carry the heading on in small. */
export interface Slide {
  items: Item[];
  heading?: string;
}

/** Slides one below the other. */
export type Stack = Slide[];

/** The line above a slide that goes on with an earlier one. */
const headline = 44;

/** Deals items out to slides, so that each one has room for what it holds. */
export function pack(items: readonly Item[]): Stack[] {
  return cutBefore(items, (item) => item.starts === "slide").map((part) => {
    const heading = part.find((item) => item.heading)?.heading;
    return cutBefore(part, (item) => item.starts === "subslide").flatMap((below, index) =>
      deal(below, index > 0 && heading ? headline : 0, heading ? headline : 0).map((items, at): Slide => {
        const goesOn = (index > 0 || at > 0) && !items[0].heading;
        return { items, heading: goesOn ? heading : undefined };
      })
    );
  });
}

function cutBefore(items: readonly Item[], starts: (item: Item) => boolean): Item[][] {
  const parts: Item[][] = [];
  for (const item of items) {
    if (parts.length === 0 || starts(item)) parts.push([]);
    parts.at(-1)!.push(item);
  }
  return parts;
}

/** Finds the cheapest way to turn the slide, looking back from every item. */
function deal(items: Item[], above: number, aboveNext: number): Item[][] {
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= items.length; end++) {
    let found = { cost: Infinity, from: end - 1 };
    for (let from = end - 1; from >= 0; from--) {
      const free = room.height - (from === 0 ? above : aboveNext) - heightOf(items.slice(from, end));
      if (free < 0 && from < end - 1) break;
      const cost = best[from].cost + (from > 0 ? items[from - 1].holds ?? 0 : 0) + costOf(items.slice(from, end), free);
      if (cost < found.cost) found = { cost, from };
    }
    best.push(found);
  }
  const slides: Item[][] = [];
  for (let end = items.length; end > 0; end = best[end].from) slides.unshift(items.slice(best[end].from, end));
  return slides;
}

function heightOf(items: Item[]): number {
  return items.reduce((sum, item) => sum + item.height, gap * (items.length - 1));
}

/** What a slide costs: itself, the room that it leaves empty, and pictures that are smaller than they should be. */
function costOf(items: Item[], free: number): number {
  const pictures = items.filter((item) => item.wanted !== undefined);
  if (pictures.length === 0) return 100 + 40 * (Math.max(0, free) / room.height) ** 2;
  const wanted = pictures.reduce((sum, item) => sum + item.wanted! - item.height, 0);
  return 100 + 150 * Math.max(0, wanted - free) / room.height;
}
