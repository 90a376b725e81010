import type { CourseOptions } from "../html/html.tsx";
import { Shell } from "../html/page.tsx";
import { Footer } from "../html/provenance.tsx";
import type { Edition } from "../document/tags.ts";

const editionsAre: Record<Edition, { name: string; told: string }> = {
  student: { name: "Student’s edition", told: "To hand out: places to work in where the solutions are." },
  teacher: { name: "Teacher’s edition", told: "With the solutions, and the notes for the teacher." },
};

/** The page on top of two editions: it leads to each of them. */
export function EditionsIndex(
  { editions, options }: { editions: readonly Edition[]; options: Omit<CourseOptions, "edition"> },
) {
  const { title, language = "en", provenance = {} } = options;
  return (
    <Shell title={title} course={{ title, language, provenance, pages: [], hasIndex: true }}>
      <main id="content" class="index" tabindex={-1}>
        <h1>{title}</h1>
        <ol class="course">
          {editions.map((edition) => (
            <li key={edition}>
              <h2>
                <a href={`${edition}/index.html`}>{editionsAre[edition].name}</a>
              </h2>
              <p>{editionsAre[edition].told}</p>
            </li>
          ))}
        </ol>
      </main>
      <Footer provenance={provenance} />
    </Shell>
  );
}
