// Measures rendering the handouts of notebooks that have run: each format, and all of them, in both editions.
import { type FormatName, formats } from "../handouts/build/formats.ts";
import { renderHandouts } from "../handouts/build/handouts.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { courseNotebooks } from "../common/course.ts";

const all = Object.keys(formats) as FormatName[];
const notebooks = await Promise.all(
  (await courseNotebooks()).map(async (name) => ({ name, notebook: await readNotebook(name) })),
);

/** Returns the median of five runs after a warm-up, in seconds. */
async function seconds(formats: FormatName[]): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 6; i++) {
    const start = performance.now();
    await renderHandouts(notebooks, { title: "A course", formats, editions: ["student", "teacher"] });
    times.push((performance.now() - start) / 1000);
  }
  return times.slice(1).sort((a, b) => a - b)[2];
}

for (const format of all) console.log(`${format.padEnd(12)}${(await seconds([format])).toFixed(3)} s`);
console.log(`${"all formats".padEnd(12)}${(await seconds(all)).toFixed(3)} s`);
