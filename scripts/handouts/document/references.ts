/** Resolves references to other notebooks, headings and files, for all formats. @module */
import { dirname, extname, join, normalize, relative, sep } from "node:path";
import { fileStem } from "../../common/files.ts";
import { imageType, pictureUrl } from "./data_url.ts";
import { decoded, Names, slug } from "./names.ts";
import type { Node } from "./tree.ts";

/** A page that links can target: its file, its anchors, and `top`, the anchor of its title. */
export type Target = { file: string; top?: string; anchors: ReadonlySet<string> };

/** A file to include in handouts. */
export interface FoundFile {
  /** Its path in the folder of each format, separated by `/`. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** A picture's data: URL. */
  url?: string;
}

/** Finds a file by its path relative to a notebook. If it cannot be included, reports that and returns undefined. */
export type FindFile = (href: string) => FoundFile | undefined;

/** Returns true for a relative path, without a scheme. */
export function isBeside(href: string): boolean {
  return href !== "" && !/^(?:[a-z][a-z\d+.-]*:|\/\/|#|\?)/i.test(href);
}

/**
 * The files beside notebooks. Files outside the notebooks' folders, reached by `../` or by a symbolic link, are refused.
 */
export class Files {
  readonly #roots: string[];
  readonly #found = new Map<string, FoundFile>();
  readonly #names: Names;

  constructor(paths: readonly string[]) {
    this.#roots = [...new Set(paths.map((path) => Deno.realPathSync(dirname(path))))];
    const pages = paths.flatMap((path) => [".html", ".pdf", ".md"].map((ending) => fileStem(path) + ending));
    this.#names = new Names(["README.md", "index.html", "deno.json", "live.js", "course.pdf", ...pages]);
  }

  /** Returns a finder for the notebook at `path`; `tell` is called with a sentence for each file that is refused. */
  finder(path: string, tell: (sentence: string) => void): FindFile {
    return (href) => {
      if (!isBeside(href)) return;
      const name = decoded(href.replace(/[?#].*$/s, ""));
      const file = this.#read(join(dirname(path), name), normalize(name));
      if (typeof file === "object") return file;
      tell(`the file ${decoded(href)} ${file}.`);
    };
  }

  /** Reads a file that should have the name `wanted` in handouts; returns a string if it is refused. */
  #read(path: string, wanted: string): FoundFile | string {
    try {
      const real = Deno.realPathSync(path);
      if (!Deno.statSync(real).isFile) return "is no file";
      if (/\.ipynb$/i.test(real)) return "is a notebook that does not go along"; // it may contain solutions
      const root = this.#roots.find((root) => real.startsWith(root + sep));
      if (!root) return "lies outside of the course, and stays there";
      const known = this.#found.get(real);
      if (known) return known;
      const bytes = Deno.readFileSync(real);
      const safe = (wanted.startsWith("..") ? relative(root, real) : wanted).replaceAll("\\", "/");
      const ending = extname(safe);
      const name = this.#names.claim(safe.slice(0, safe.length - ending.length), ending);
      const file = { name, bytes, url: urlOf(real, bytes) };
      this.#found.set(real, file);
      return file;
    } catch {
      return "is not there";
    }
  }
}

function urlOf(path: string, bytes: Uint8Array): string | undefined {
  const mime = imageType(extname(path).slice(1).toLowerCase());
  if (!mime) return;
  return pictureUrl(mime, mime === "image/svg+xml" ? new TextDecoder().decode(bytes) : bytes.toBase64());
}

/** The possible targets of links: `pages` maps a notebook's file name ("02-adding-async.ipynb") to its page. */
export interface Links {
  pages: ReadonlyMap<string, Target>;
  /** The page that contains the links. */
  here: Target;
  find?: FindFile;
  /** Collects the files that links lead to. */
  files?: Set<FoundFile>;
  /** Called with a sentence for each link to a missing heading. */
  tell?: (sentence: string) => void;
}

/**
 * Returns a function that maps links between notebooks to links between pages. It finds headings however a front end spells
 * their anchors ("#Step-one"). A link to a notebook without a page, or to a missing file, becomes "".
 */
export function linkTo({ pages, here, find, files, tell }: Links): (href: string) => string {
  const place = (href: string, fragment: string, { anchors, top }: Target) => {
    const name = decoded(fragment.slice(1));
    const heading = slug(name);
    if (name === "" || anchors.has(name)) return fragment;
    if (heading === top) return "";
    if (anchors.has(heading)) return `#${encodeURIComponent(heading)}`;
    tell?.(`the link ${href} leads to no heading.`);
    return fragment;
  };
  return (href) => {
    if (href.startsWith("#")) return place(href, href, here) || encodeURIComponent(here.file);
    const [, path, query = "", fragment = ""] = href.match(/^([^?#]*)(\?[^#]*)?(#.*)?$/s)!;
    const name = isBeside(href) && !href.startsWith("/") ? decoded(path).split("/").at(-1)! : "";
    const isNotebook = /\.ipynb$/i.test(name);
    const page = isNotebook && pages.get(name);
    if (page) return encodeURIComponent(page.file) + place(href, fragment, page);
    if (!isNotebook && (!find || !isBeside(href))) return href;
    const file = find?.(href);
    if (!file) return "";
    files?.add(file);
    return file.name.split("/").map(encodeURIComponent).join("/") + query + fragment;
  };
}

/** Maps a reference in a notebook to its target among the handouts. */
type ToTarget = (href: string) => string;

/** The attribute of an element that refers to a file; empty if it has none. */
export function leading(tag: string): string {
  if (/^(?:audio|embed|iframe|img|source|track|video)$/.test(tag)) return "src";
  return tag === "object" ? "data" : /^(?:a|area)$/.test(tag) ? "href" : "";
}

/**
 * Content with its links and pictures mapped to their targets among the handouts. A link mapped to "" is replaced by its
 * text.
 */
export function resolveLinks(content: Node[], link: ToTarget, picture: ToTarget = (src) => src): Node[] {
  return content.map((node) => {
    if (typeof node === "string") return node;
    const children = resolveLinks(node.children, link, picture);
    const name = leading(node.tag);
    const { [name]: href, ...others } = node.attributes;
    if (href === undefined) return { ...node, children };
    const target = node.tag === "img" ? picture(href) : link(href);
    if (target !== "") return { ...node, attributes: { ...node.attributes, [name]: target }, children };
    return { ...node, tag: name === "href" ? "span" : node.tag, attributes: others, children };
  });
}
