import type { Cell } from "../../notebook/notebook.ts";
import { hasMarks } from "./hidden_parts.ts";

/** Who a handout is for: learners, or the one who teaches them. */
export type Edition = "student" | "teacher";

/** What becomes of one cell in one edition. Every format takes it from here, so that a tag means one thing. */
export interface Treatment {
  /** `work`: the cell gives way to an empty place to work in. */
  cell: "keep" | "remove" | "work";
  /** `fold`: the code is there, behind a click where the format can do that. */
  input: "show" | "fold" | "remove";
  output: "show" | "fold" | "remove";
  role?: Role;
}

/** The part of a cell in an exercise, or whose it is. */
export type Role = "exercise" | "hint" | "check" | "solution" | "teacher";

/** All roles; of several, the first holds. */
export const roles: readonly Role[] = ["solution", "teacher", "exercise", "hint", "check"];

/** A tag as it is compared: capitals, and underscores for dashes, make no difference. */
export function tagName(tag: string): string {
  return tag.normalize("NFKC").trim().toLowerCase().replaceAll("_", "-");
}

/** The tags of a cell. One that nbgrader's metadata calls a solution is one, unless marks tell which part of it is. */
export function tagsOf(cell: Cell): readonly string[] {
  const { tags = [], nbgrader } = cell.metadata as { tags?: string[]; nbgrader?: { solution?: unknown } };
  return nbgrader?.solution && !hasMarks(cell) ? [...tags, "solution"] : tags;
}

/**
 * Reads a cell's tags: `remove-cell`, `remove-input`, `remove-output`, `hide-input`, and those of roles. nbconvert's
 * spelling with underscores counts as well.
 */
export function treatment(tags: readonly string[], edition: Edition): Treatment {
  const has = new Set(tags.map(tagName));
  const role = roles.find((name) => has.has(name));
  const student = edition === "student";
  const gone = has.has("remove-cell") || (student && has.has("teacher"));
  return {
    cell: gone ? "remove" : student && has.has("solution") ? "work" : "keep",
    input: has.has("remove-input") ? "remove" : has.has("hide-input") ? "fold" : "show",
    // A check was last run on the starter, or on somebody's answer: on a page that is no more than an example.
    output: has.has("remove-output") ? "remove" : role === "check" ? "fold" : "show",
    role,
  };
}

/** The words above a cell; a hint has its own. */
export const labels: Readonly<Partial<Record<Role, string>>> = {
  exercise: "Exercise",
  solution: "Solution",
  teacher: "For the teacher",
};
