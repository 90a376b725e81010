import { deepEqual } from "node:assert/strict";
import { doubtfulTags } from "./doubtful_tags.ts";
import { notebook } from "../testdata/fixtures.ts";

const tagged = (...tags: string[]) => doubtfulTags(notebook({ code: "1", tags }));

Deno.test("doubtfulTags() asks about tags that are nearly those that handouts know", () => {
  deepEqual(tagged("solutions"), ["cell 1 has the tag solutions, which does nothing: is solution meant?"]);
  deepEqual(tagged("hide-output").length, 1);
  for (
    const tag of ["solutoin", "sol", "exercise-solution", "Lösung", "exercize", "checks", "hints", "teahcer"]
  ) {
    deepEqual(tagged(tag).length, 1, tag);
  }
  deepEqual(tagged("Instructor-only"), [
    "cell 1 has the tag Instructor-only, which does nothing: is teacher meant?",
  ]);
});

Deno.test("doubtfulTags() is silent about those that are known, however spelt, and about others", () => {
  deepEqual(tagged("Solution", "remove_cell", "parameters", "raises-exception", "real-time", "mine"), []);
  deepEqual(tagged("exercise", "hint", "Check", "editor", "skip-execution", "note", "output"), []);
});

Deno.test("doubtfulTags() knows words of other languages, and letters that only look alike", () => {
  const words =
    "soluton slution Musterlösung Lo\u0308sung loesung solución soluzione solução oplossing rozwiązanie " +
    "řešení решение ответ 解答 해답 çözüm løsning ratkaisu megoldás réponse corrigé key soln sоlution no-student " +
    "fasit facit svar svar-2 vastaus jawaban Lehrkraft docente учитель 教師 hidden removecell techer solved";
  for (const tag of words.split(" ")) deepEqual(tagged(tag).length, 1, tag);
  const others = "profile keyboard demo part-1 slides plot optional tests correct loop".split(" ");
  deepEqual(tagged(...others), []);
});

Deno.test("doubtfulTags() asks about metadata of other tools that name a solution", () => {
  const made = notebook({ code: "1" });
  made.cells[0].metadata = {
    solution2: "hidden",
    nbgrader: { solution: true },
    slideshow: { slide_type: "slide" },
  };
  deepEqual(doubtfulTags(made), ["cell 1 has metadata solution2, which does nothing: is solution meant?"]);
});

Deno.test("doubtfulTags() asks about marks of other tools for a solution, unless learners do not get them", () => {
  const source = "x = 1 # SOLUTION";
  const otter = notebook({ markdown: "# BEGIN SOLUTION" }, { code: source }, {
    markdown: ":::{solution} ex",
  });
  (otter.cells[0] as { cell_type: string }).cell_type = "raw";
  deepEqual(
    doubtfulTags(otter),
    ["# BEGIN SOLUTION", "# SOLUTION", ":::{solution}"].map((mark, at) =>
      `cell ${at + 1} has the mark ${mark}, which does nothing: is solution meant?`
    ),
  );
  deepEqual(doubtfulTags(otter, ["# BEGIN SOLUTION", "# SOLUTION", ":::{solution}"]), []);
  deepEqual(doubtfulTags(notebook({ code: source, tags: ["solution"] }, { markdown: "# Solution" })), []);
  deepEqual(doubtfulTags(notebook({ code: `# BEGIN SOLUTION\n${source}\n# END SOLUTION` })), []);
});

Deno.test("doubtfulTags() is silent about those that are allowed", () => {
  deepEqual(doubtfulTags(notebook({ code: "1", tags: ["hints", "sol"] }), ["sol"]).length, 1);
});
