/** README's picture: the timeline of notebook 04. Run as a program, this writes it. @module */
import { join } from "node:path";
import { writeWhole } from "../common/files.ts";
import { outputsOf, readNotebook } from "../notebook/notebook.ts";
import { root } from "../common/project.ts";

const NOTEBOOK = join(root, "notebooks", "04-a-second-producer.ipynb");
const PICTURE = join(root, ".github", "timeline.svg");

/** The problems of README's picture; none where it is the one that the notebook shows. */
export async function checkPicture(): Promise<string[]> {
  const same = await Deno.readTextFile(PICTURE).catch(() => "") === await picture();
  return same
    ? []
    : ["it is not the one of notebook 04; run deno run -A scripts/check/readme_picture.ts and commit it"];
}

async function picture(): Promise<string> {
  const { cells } = await readNotebook(NOTEBOOK);
  const outputs = cells.filter(({ id }) => id === "timeline").flatMap(outputsOf);
  return outputs.map((output) => "data" in output ? output.data["image/svg+xml"] : "").join("");
}

if (import.meta.main) await writeWhole(PICTURE, await picture());
