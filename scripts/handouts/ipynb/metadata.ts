import type { Cell, Notebook } from "../../notebook/notebook.ts";
import { type Edition, roles, tagName, type Treatment } from "../document/tags.ts";

const runTags =
  "parameters injected-parameters raises-exception real-time nats hide-input remove-output editor";
/** Tags that matter when a notebook is run or read; others are private to the author. */
const studentTags = new Set([...roles, ...runTags.split(" ")]);

/** A cell's metadata, made from scratch: extensions, graders and editors leave traces in the original. */
export function cellMetadata(
  metadata: Cell["metadata"],
  { input, output, role, slide }: Treatment,
  edition: Edition,
): Cell["metadata"] {
  const tags = (metadata.tags ?? []).filter((tag) => edition === "teacher" || studentTags.has(tagName(tag)));
  const isFolded = output === "fold" && role !== "check";
  const jupyter = { source_hidden: input === "fold" || undefined, outputs_hidden: isFolded || undefined };
  return {
    tags: tags.length > 0 ? tags : undefined,
    slideshow: slide && { slide_type: slide },
    jupyter: input === "fold" || isFolded ? jupyter : undefined,
    ...textsOf(metadata, "raw_mimetype format"),
  };
}

const languageKeys = "name version codemirror_mode file_extension mimetype nbconvert_exporter pygments_lexer";

/** A notebook's metadata: only what a front end needs to run it. */
export function notebookMetadata({ kernelspec, language_info }: Notebook["metadata"]): Notebook["metadata"] {
  const spec = kernelspec && textsOf(kernelspec, "name display_name language");
  const language = language_info && textsOf(language_info, languageKeys);
  return { kernelspec: spec, language_info: language } as Notebook["metadata"];
}

function textsOf(from: Record<string, unknown>, keys: string): Record<string, string> {
  const texts = keys.split(" ").map((key) => [key, from[key]]);
  return Object.fromEntries(texts.filter(([, value]) => typeof value === "string"));
}
