import type { CourseOptions, CoursePart } from "../document/course_parts.ts";
import { escapeMarkdown, listOf } from "../md/markdown.ts";

/** The page that tells a learner how to run the notebooks beside it. */
export function ipynbReadme(
  parts: readonly CoursePart[],
  { title, edition, solutions, notice, provenance }: CourseOptions,
): string {
  const deno = provenance?.versions?.Deno;
  const made = deno ? `; these were made with version ${escapeMarkdown(deno)}` : "";
  const edited = edition === "teacher"
    ? "This is the teacher’s edition: the solutions are in it."
    : "Outputs appear when you run a cell. Change the cell of an exercise, and run the check below it. _Your turn_ marks " +
      `other places that are yours.${solutions ? " The folder `solutions` has the solutions." : ""}`;
  return `# ${escapeMarkdown(title)}

${listOf(parts)}

${notice ?? edited}

## How to run them

1. Install [Deno](https://docs.deno.com/runtime/getting_started/installation/)${made}.
2. Tell Jupyter about Deno’s kernel, once: \`deno jupyter --install\`
3. Open this folder in JupyterLab (\`pip install jupyterlab\`) or VS Code (with the extension _Jupyter_), open the first notebook, and choose the kernel _Deno_. (Where the course's own project is at hand, _Deno (course)_ is the better one: it loses no output, and Stop keeps your variables.)

The folder works wherever you put it, as long as it stays together: \`lib/\` holds the code that the notebooks import,
and \`deno.json\` names its versions. The first run fetches what \`lib/\` needs from npm; later ones work offline.
`;
}
