import type { Cell, Notebook } from "../../notebook/notebook.ts";
import { slideType } from "../document/slide_type.ts";
import { type Edition, roles, tagName, type Treatment } from "../document/tags.ts";

/** Tags that mean something when a notebook runs or is read; others are notes that an author made for himself. */
const studentTags = new Set([
  ...roles,
  ..."parameters injected-parameters raises-exception real-time nats hide-input remove-output editor".split(
    " ",
  ),
]);

/** Metadata of a cell, made anew: extensions, graders and editors leave traces in a cell's own. */
export function cellMetadata(
  metadata: Cell["metadata"],
  { input, output, role }: Treatment,
  edition: Edition,
): Cell["metadata"] {
  const tags = (metadata.tags ?? []).filter((tag) => edition === "teacher" || studentTags.has(tagName(tag)));
  const slide = slideType(metadata);
  const jupyter = {
    ...(input === "fold" ? { source_hidden: true } : {}),
    ...(output === "fold" && role !== "check" ? { outputs_hidden: true } : {}),
  };
  return {
    ...(tags.length > 0 ? { tags } : {}),
    ...(slide ? { slideshow: { slide_type: slide } } : {}),
    ...(Object.keys(jupyter).length > 0 ? { jupyter } : {}),
    ...textsOf(metadata, ["raw_mimetype", "format"]),
  };
}

const languageKeys = "name version codemirror_mode file_extension mimetype nbconvert_exporter pygments_lexer"
  .split(" ");

/** Metadata of a notebook: what a front end needs to run it. */
export function notebookMetadata({ kernelspec, language_info }: Notebook["metadata"]): Notebook["metadata"] {
  return {
    ...(kernelspec ? { kernelspec: textsOf(kernelspec, ["name", "display_name", "language"]) } : {}),
    ...(language_info ? { language_info: textsOf(language_info, languageKeys) } : {}),
  } as Notebook["metadata"];
}

function textsOf(from: Record<string, unknown>, keys: string[]): Record<string, string> {
  return Object.fromEntries(
    keys.map((key) => [key, from[key]]).filter(([, value]) => typeof value === "string"),
  );
}
