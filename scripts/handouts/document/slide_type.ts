const types = ["slide", "subslide", "fragment", "skip", "notes"] as const;

/** The part that a cell plays in a slide show by JupyterLab's slide type; "-", its "goes on", is no type. */
export type SlideType = typeof types[number];

/** Reads a cell's slide type; what JupyterLab does not know counts for nothing. */
export function slideType(metadata: Readonly<Record<string, unknown>>): SlideType | undefined {
  const { slide_type } = (metadata.slideshow ?? {}) as { slide_type?: unknown };
  return types.find((type) => type === slide_type);
}
