/** Generated notebooks: the words of each format and edition are those of the notebook, no fewer and no more. @module */
import { deepEqual } from "node:assert/strict";
import type { Output } from "../../notebook/notebook.ts";
import { testWith } from "../../testdata/needs.ts";
import { noPdfTools, readable } from "../../testdata/readable.ts";
import { type CellSketch, display, notebook, stream } from "../testdata/fixtures.ts";
import { type FormatName, formats } from "./formats.ts";
import { renderHandouts } from "./handouts.ts";

/** Who sees a word, and in which formats it may be missing. */
interface Word {
  text: string;
  student: boolean;
  teacher: boolean;
  not: FormatName[];
}

/** A small generator of numbers, the same for the same seed (mulberry32). */
function numbers(seed: number) {
  return () => {
    seed = seed + 0x6d2b79f5 | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
}

function generated(seed: number) {
  const random = numbers(seed);
  const pick = <T>(of: T[]): T => of[Math.floor(random() * of.length)];
  const words: Word[] = [];
  const wordFor = (student: boolean, teacher: boolean, ...not: FormatName[]) => {
    const text = `w${seed}x${words.length}q`;
    words.push({ text, student, teacher, not });
    return text;
  };
  const prose: ((w: () => string) => string)[] = [
    (w) => `A *${w()}* and **${w()}** with \`${w()}\`, ~~${w()}~~.`,
    (w) => `## ${w()}\n\n- ${w()}\n- [ ] ${w()}\n  1. ${w()}`,
    (w) => `| ${w()} | b |\n|---|--:|\n| ${w()} | ${w()} |`,
    (w) => `> [!NOTE]\n> ${w()}\n\n${w()}[^1]\n\n[^1]: ${w()}`,
    (w) => `<details><summary>${w()}</summary>\n\n${w()}\n\n</details>`,
    (w) => `${w()}\n: ${w()}\n\n\`\`\`ts\n// ${w()}\n\`\`\``,
    (w) =>
      `Costs $5, not $6 ${w()}; <b>${w()}</b> <span style="color:red">${w()}</span> [${w()}](https://e.org)`,
  ];
  const outputs: ((w: () => string) => Output)[] = [
    (w) => stream(`${w()} \x1b[31m${w()}\x1b[0m\n${w()}\n`),
    (w) => stream(`${w()}\n`, "stderr"),
    (w) =>
      display({
        "text/html": `<h3>${w()}</h3><p>${w()} <svg width="9" height="9"/> ${w()}</p>`,
        "text/plain": "<x>",
      }),
    (w) => display({ "text/html": `<table><tr><td>${w()}<td>${w()}</table>` }),
    (w) => display({ "text/markdown": `*${w()}*` }),
    (w) => display({ "text/plain": w() }),
    (w) => display({ "application/json": { [w()]: w() } }),
    (w) => ({ output_type: "error", ename: "E", evalue: "v", traceback: [w()] }),
  ];
  const cells: CellSketch[] = [{ markdown: `# ${wordFor(true, true)}` }];
  for (let n = 0; n < 12; n++) {
    const tag = pick(["", "", "", "", "teacher", "solution", "remove-cell", "remove-input", "remove-output"]);
    const student = !/^(?:teacher|solution|remove-cell)$/.test(tag);
    const teacher = tag !== "remove-cell";
    const tags = tag ? [tag] : [];
    if (random() < 0.5) cells.push({ markdown: pick(prose)(() => wordFor(student, teacher)), tags });
    else {
      const isShown = tag !== "remove-output";
      cells.push({
        code: `// ${wordFor(student && tag !== "remove-input", teacher && tag !== "remove-input")}\nf(${n})`,
        tags,
        // A student's notebook has no outputs: they come when it is run.
        outputs: [pick(outputs)(() => wordFor(student && isShown, teacher && isShown, "ipynb"))],
      });
    }
  }
  return { words, notebook: notebook(...cells) };
}

for (const format of Object.keys(formats) as FormatName[]) {
  testWith(
    format === "pdf" ? noPdfTools : undefined,
    `${format} has the words of generated notebooks`,
    async () => {
      for (const seed of format === "pdf" ? [1, 2, 3] : [1, 2, 3, 4, 5, 6, 7, 8]) {
        const { words, notebook } = generated(seed);
        for (const edition of ["student", "teacher"] as const) {
          const set = await renderHandouts([{ name: "a.ipynb", notebook }], {
            title: "T",
            formats: [format],
            editions: [edition],
          });
          const { folder, ending } = formats[format];
          const text = (await readable(`a${ending}`, set.get(`${folder}a${ending}`)!)).join("\n");
          const shown = words.filter((word) => text.includes(word.text)).map((word) => word.text);
          const meant = words.filter((word) =>
            word[edition] && !(edition === "student" && word.not.includes(format))
          );
          deepEqual(shown, meant.map((word) => word.text), `seed ${seed}, ${edition}`);
        }
      }
    },
  );
}
