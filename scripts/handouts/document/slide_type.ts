/** What JupyterLab's slide type makes of a cell in a slide show; "-", its "goes on", is no type. */
export type SlideType = "slide" | "subslide" | "fragment" | "skip" | "notes";

const types: readonly unknown[] = ["slide", "subslide", "fragment", "skip", "notes"] satisfies SlideType[];

/** Reads a cell's slide type; what JupyterLab does not know counts for nothing. */
export function slideType(metadata: Readonly<Record<string, unknown>>): SlideType | undefined {
  const type = (metadata.slideshow as { slide_type?: unknown } | null | undefined)?.slide_type;
  return types.includes(type) ? type as SlideType : undefined;
}
