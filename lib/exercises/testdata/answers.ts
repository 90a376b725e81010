import { tryAnswer } from "../tries.ts";

interface Cell {
  cell_type: string;
  source: string[];
  metadata: { tags?: string[] };
}

/** The exercises of all notebooks: their starters, their solutions, and the code before them. */
export const exercises: {
  number: string;
  names: string;
  before: string;
  starter: string;
  solution: string;
}[] = [];
const folder = new URL("../../../notebooks/", import.meta.url);
for (const { name } of [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1)) {
  if (!name.endsWith(".ipynb")) continue;
  let before = "";
  let starter = "";
  let last: (typeof exercises)[number] | undefined;
  const cells: Cell[] = JSON.parse(Deno.readTextFileSync(new URL(name, folder))).cells;
  for (const { cell_type, source, metadata: { tags = [] } } of cells) {
    const code = source.join("");
    if (cell_type !== "code" || tags.includes("real-time")) continue;
    if (tags.includes("exercise")) starter = code;
    else if (tags.includes("check")) {
      const [, number, names] = /check\("([\d.]+)", \{ (.*) \}\)/.exec(code)!;
      exercises.push(last = { number, names, before, starter, solution: "" });
    } else if (tags.includes("solution") && last) {
      // What a starter declares beside the exercise itself, a type say, is there in the solution, too.
      last.solution = declaredOnlyIn(starter, code) + code;
      before += last.solution + "\n";
      last = undefined;
    } else if (!/^(?:const .*= )?await |await (?:experiment|show|\w+\.reveal)/m.test(code)) {
      before += code + "\n";
    }
  }
}

/** The declarations of a starter that its solution does not write again. */
function declaredOnlyIn(starter: string, solution: string): string {
  return starter.split(/\n(?=(?:async )?(?:function|type|const) )/).filter((part) => {
    const [, name] = /^(?:async )?(?:function|type|const) (\w+)/.exec(part) ?? [];
    return name && !new RegExp(`^(?:async )?(?:function|type|const) ${name}\\b`, "m").test(solution);
  }).map((part) => part + "\n").join("");
}

/** Tries code as the answer to an exercise. */
export async function tried(number: string, code: string) {
  const { names, before } = exercises.find((exercise) => exercise.number === number)!;
  const lib = JSON.stringify(import.meta.resolve("../../mod.ts"));
  const source = `${before}${code}\nexport const answer = { ${names} };`.replaceAll('"@course/lib"', lib);
  const url = `data:application/typescript;base64,${
    btoa(String.fromCharCode(...new TextEncoder().encode(source)))
  }`;
  return await tryAnswer(number, (await import(url)).answer);
}
