import { messageOf } from "../../common/errors.ts";
import type { CourseOptions, NamedNotebook } from "../document/parts.ts";
import { solved } from "../document/exercises.ts";

/** The files of a set, by their path in its folder. */
export type Files = Map<string, string | Uint8Array>;

/** A format of handouts. */
export interface Format {
  /** The name that readers see. */
  label: string;
  /** The folder of its files in an edition's folder; web pages lie at the top. */
  folder: string;
  /** The file extension of a notebook's own file. */
  ending: string;
  render: Render;
  /** True if a notebook's file embeds its pictures, false if they lie beside it. */
  embeds?: boolean;
}

/** The script that all live pages in a folder share. */
export const liveFile = "live.js";

/** Renders the course, its files in the order of the notebooks. */
type Render = (notebooks: readonly NamedNotebook[], options: CourseOptions) => Promise<Files>;

// The code of each format is loaded on demand.
const html: Render = async (notebooks, options) => {
  const { renderHtml } = await import("../html/html.ts");
  const files: Files = new Map(renderHtml(notebooks, { ...options, live: liveFile }));
  if (!files.values().some((page) => String(page).includes(`src="${liveFile}"`))) return files;
  try {
    const { liveScript } = await import("../live/bundle.ts");
    return files.set(liveFile, await liveScript());
  } catch (error) {
    options.tell?.(`The pages cannot be run, only read: ${messageOf(error)}`);
    return new Map(renderHtml(notebooks, options));
  }
};
const pdf: Render = async (...course) => await (await import("../pdf/pdf.ts")).renderPdf(...course);
const slides: Render = async (...course) => (await import("../slides/slides.ts")).renderSlides(...course);
const md: Render = async (...course) => (await import("../md/md.ts")).renderMd(...course);
const ipynb: Render = async (...course) => (await import("../ipynb/ipynb.ts")).renderIpynb(...course);

/** All formats, by their names on the command line. */
export const formats = {
  html: { label: "Web page", folder: "", ending: ".html", embeds: true, render: html },
  pdf: { label: "PDF", folder: "pdf/", ending: ".pdf", embeds: true, render: pdf },
  slides: { label: "Slides", folder: "slides/", ending: ".html", embeds: true, render: slides },
  md: { label: "Markdown", folder: "md/", ending: ".md", render: md },
  ipynb: { label: "Notebook", folder: "ipynb/", ending: ".ipynb", render: ipynb },
} satisfies Record<string, Format>;

/** The student's notebooks with the exercises solved. Not a format of its own: it comes with `ipynb`. */
export const solutions: Format = {
  label: "Solutions",
  folder: "solutions/",
  ending: ".ipynb",
  render: async (notebooks, options) =>
    await ipynb(notebooks.map((it) => ({ ...it, notebook: solved(it.notebook) })), {
      ...options,
      title: `${options.title}: solutions`,
      notice: "The solutions stand in the places of the exercises.",
    }),
};

/** A format's name on the command line. */
export type FormatName = keyof typeof formats;
