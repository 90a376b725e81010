/** The steps to run of a learner's notebook. @module */
import { courseNotebooks } from "../common/course.ts";
import { checkedIn } from "../handouts/document/exercises.ts";
import { type Notebook, readNotebook } from "../notebook/notebook.ts";
import { hasTag } from "../parameters/declaration.ts";

/** A cell of a learner to run, or an exercise to check, by its number. */
export interface Step {
  source: string;
  /** The cell's number in the learner's notebook, from 1. */
  cell?: number;
  check?: string;
}

/** A notebook of the course: the ids and sources of its cells, and its checks by either, since some editors drop ids. */
type Lesson = Awaited<ReturnType<typeof lessons>>[number];

/** Reads the course's notebooks. */
export async function lessons() {
  return (await Promise.all((await courseNotebooks()).map(readNotebook))).map(({ cells }) => ({
    known: new Set(cells.flatMap(({ id, source }) => source.trim() ? [id, source] : [id])),
    checks: new Map(
      cells.filter((cell) => hasTag(cell, "check")).flatMap(({ id, source }) => {
        const [check] = checkedIn(source);
        const step: Step = { source, check };
        return [[id, step], [source, step]];
      }),
    ),
  }));
}

/**
 * Returns the steps of a learner's notebook; undefined if it is not one of the course's. The checks are the course's own, at
 * their places in the learner's copy; those that it lacks come last.
 */
export function stepsOf({ cells }: Notebook, lessons: Lesson[]): Step[] | undefined {
  const shared = ({ known }: Lesson) =>
    cells.filter(({ id, source }) => known.has(id) || known.has(source)).length;
  const [lesson] = lessons.toSorted((a, b) => shared(b) - shared(a));
  if (shared(lesson) === 0) return undefined;
  const left = new Set(lesson.checks.values());
  if (left.size === 0) return [];
  const steps = cells.flatMap((cell, i): Step[] => {
    const check = lesson.checks.get(cell.id) ?? lesson.checks.get(cell.source);
    if (check) return left.delete(check) ? [check] : [];
    const isRun = cell.cell_type === "code" && !hasTag(cell, "real-time");
    return isRun ? [{ source: cell.source, cell: i + 1 }] : [];
  });
  return [...steps, ...left];
}
