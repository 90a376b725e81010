import { type Course, HeadingList, Shell } from "./page.tsx";
import { Footer } from "./provenance.tsx";

/** The course's first page: each notebook with its headings. */
export function IndexPage({ course }: { course: Course }) {
  const teacher = course.pages.some(({ document }) => document.edition === "teacher");
  return (
    <Shell title={course.title} course={course}>
      <main id="content" class="index" tabindex={-1}>
        <h1>{course.title}</h1>
        {teacher && <p class="edition">Teacher’s edition</p>}
        <ol class="course">
          {course.pages.map(({ document, file }) => (
            <li>
              <h2>
                <a href={encodeURIComponent(file)}>{document.title}</a>
              </h2>
              {document.headings.length > 0 && (
                <HeadingList
                  headings={document.headings.filter(({ level }) => level === 2)}
                  file={encodeURIComponent(file)}
                />
              )}
            </li>
          ))}
        </ol>
      </main>
      <Footer provenance={course.provenance} />
    </Shell>
  );
}
