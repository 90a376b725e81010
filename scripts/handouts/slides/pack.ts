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
  /** Below 1 where a slide is a little smaller, so that what belongs together stays together. */
  zoom: number;
}

/** Slides one below the other. */
export type Stack = Slide[];

/** The line above a slide that goes on with an earlier one. */
const headline = 28 + gap;

/** Deals items out to slides, so that each one has room for what it holds. */
export function pack(items: readonly Item[]): Stack[] {
  return cutBefore(items, (item) => item.starts === "slide").map((part) => {
    const heading = part.find((item) => item.heading)?.heading;
    return cutBefore(part, (item) => item.starts === "subslide").flatMap((below, index) =>
      deal(below, index > 0 && heading ? headline : 0, heading ? headline : 0).map((dealt, at): Slide => {
        const goesOn = (index > 0 || at > 0) && !dealt.items[0].heading;
        return { ...dealt, heading: goesOn ? heading : undefined };
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

/** The sizes that a slide may have, the best first. */
const zooms = [1, 0.95, 0.9, 0.85];

/** Finds the cheapest way to turn the slide, looking back from every item. */
function deal(items: Item[], above: number, aboveNext: number): Omit<Slide, "heading">[] {
  const best: { cost: number; from: number; zoom: number }[] = [{ cost: 0, from: 0, zoom: 1 }];
  for (let end = 1; end <= items.length; end++) {
    let found = { cost: Infinity, from: end - 1, zoom: 1 };
    for (let from = end - 1; from >= 0; from--) {
      const taken = (from === 0 ? above : aboveNext) + heightOf(items.slice(from, end));
      const zoom = zooms.find((zoom) => taken <= room.height / zoom);
      if (zoom === undefined && from < end - 1) break;
      const turn = from > 0 ? items[from - 1].holds ?? 0 : 0;
      const cost = best[from].cost + turn + costOf(items.slice(from, end), taken, zoom ?? 1);
      if (cost < found.cost) found = { cost, from, zoom: zoom ?? 1 };
    }
    best.push(found);
  }
  const slides: Omit<Slide, "heading">[] = [];
  for (let end = items.length; end > 0; end = best[end].from) {
    slides.unshift({ items: items.slice(best[end].from, end), zoom: best[end].zoom });
  }
  return slides;
}

function heightOf(items: Item[]): number {
  return items.reduce((sum, item) => sum + item.height, gap * (items.length - 1));
}

/** What a slide costs: itself, small print, the room that it leaves empty, pictures smaller than they should be. */
function costOf(items: Item[], taken: number, zoom: number): number {
  const free = Math.max(0, room.height / zoom - taken) / room.height;
  const small = 100 + 1_200 * (1 - zoom);
  const pictures = items.filter((item) => item.wanted !== undefined);
  if (pictures.length === 0) return small + 40 * free ** 2;
  const wanted = pictures.reduce((sum, item) => sum + item.wanted! - item.height, 0) / room.height;
  return small + 150 * Math.max(0, wanted - free);
}
