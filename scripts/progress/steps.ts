/** From a learner's notebook to what is run of it. @module */
import { courseNotebooks } from "../common/course.ts";
import { checkedIn } from "../handouts/document/exercises.ts";
import { type Notebook, readNotebook } from "../notebook/notebook.ts";
import { hasTag } from "../parameters/declaration.ts";

/** A cell of a learner's to be run, or an exercise to be checked, by its number. */
export interface Step {
  source: string;
  /** The cell's number in the learner's notebook, from 1. */
  cell?: number;
  check?: string;
}

/** A notebook of the course: the ids of its cells, and its checks by theirs. */
interface Lesson {
  ids: Set<string>;
  checks: Map<string, Step>;
}

/** The course's notebooks. */
export async function lessons(): Promise<Lesson[]> {
  return (await Promise.all((await courseNotebooks()).map(readNotebook))).map(({ cells }) => ({
    ids: new Set(cells.map(({ id }) => id)),
    checks: new Map(
      cells.filter((cell) => hasTag(cell, "check")).map(({ id, source }) => {
        const [check] = checkedIn(source);
        return [id, { source, check }];
      }),
    ),
  }));
}

/**
 * Returns the steps of a learner's notebook; none where it is not one of the course, or has no exercises. Every check is the
 * course's: it stands where the learner's copy has it, or else at the end.
 */
export function stepsOf({ cells }: Notebook, lessons: Lesson[]): Step[] {
  const shared = ({ ids }: Lesson) => cells.filter(({ id }) => ids.has(id)).length;
  const [lesson] = lessons.toSorted((a, b) => shared(b) - shared(a));
  if (shared(lesson) === 0 || lesson.checks.size === 0) return [];
  const left = new Map(lesson.checks);
  const steps = cells.flatMap((cell, i): Step[] => {
    const check = lesson.checks.get(cell.id);
    left.delete(cell.id);
    if (check) return [check];
    return cell.cell_type === "code" && !hasTag(cell, "real-time")
      ? [{ source: cell.source, cell: i + 1 }]
      : [];
  });
  return [...steps, ...left.values()];
}
