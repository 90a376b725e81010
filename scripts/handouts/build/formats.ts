import type { CourseOptions, NamedNotebook } from "../html/html.tsx";

/** The files of a set, by their names inside its folder. */
export type Files = Map<string, string | Uint8Array>;

/** One format that handouts come in. */
export interface Format {
  /** What readers call it. */
  label: string;
  /** Where its files go, inside an edition's folder; the web pages lie on top. */
  folder: string;
  /** What a notebook's own file ends in. */
  ending: string;
  /** The file that leads to the others, or that holds the whole course. */
  cover?: string;
  book?: string;
  /** Renders the course; a notebook's own files come in the notebooks' order. */
  render(notebooks: readonly NamedNotebook[], options: CourseOptions): Promise<Files>;
}

/** All formats, by the names that the command line knows. What makes one is loaded when it is asked for. */
export const formats = {
  html: {
    label: "Web page",
    folder: "",
    ending: ".html",
    cover: "index.html",
    render: async (...course) => (await import("../html/html.tsx")).renderCourse(...course),
  },
  pdf: {
    label: "PDF",
    folder: "pdf/",
    ending: ".pdf",
    book: "course.pdf",
    render: async (...course) => await (await import("../pdf/pdf.ts")).renderPdf(...course),
  },
  slides: {
    label: "Slides",
    folder: "slides/",
    ending: ".html",
    render: async (...course) => (await import("../slides/slides.tsx")).renderSlides(...course),
  },
  md: {
    label: "Markdown",
    folder: "md/",
    ending: ".md",
    cover: "README.md",
    render: async (...course) => (await import("../md/md.ts")).renderMd(...course),
  },
  ipynb: {
    label: "Notebook",
    folder: "ipynb/",
    ending: ".ipynb",
    render: async (...course) => (await import("../ipynb/ipynb.ts")).renderIpynb(...course),
  },
} satisfies Record<string, Format>;

/** A format's name on the command line. */
export type FormatName = keyof typeof formats;

/** The names of the notebooks' own files among a format's files, in the notebooks' order. */
export function ownFiles({ ending, cover, book }: Format, files: Files): string[] {
  const others = [cover, book];
  return [...files.keys()].filter((name) =>
    name.endsWith(ending) && !others.includes(name) && !name.includes("/")
  );
}
