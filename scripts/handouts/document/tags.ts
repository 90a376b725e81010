import type { Cell } from "../../notebook/notebook.ts";
import { hasMarks } from "./hidden_parts.ts";

/** Who a handout is for: learners, or the one who teaches them. */
export type Edition = "student" | "teacher";

/** All roles of a cell: its part in an exercise, or whose it is; of several, the first holds. */
export const roles = ["solution", "teacher", "exercise", "hint", "check"] as const;
export type Role = typeof roles[number];

/** A tag as it is compared: capitals, and underscores for dashes, make no difference. */
export function tagName(tag: string): string {
  return tag.normalize("NFKC").trim().toLowerCase().replaceAll("_", "-");
}

/** The treatment of one cell in one edition. Every format takes it from here, so that a tag means one thing. */
export type Treatment = ReturnType<typeof treatment>;

/**
 * Reads a cell's tags: `remove-cell`, `remove-input`, `remove-output`, `hide-input`, and those of roles; nbconvert's
 * spelling with underscores counts as well. What an author has folded in JupyterLab is folded. A cell that nbgrader's
 * metadata calls a solution is one, unless marks tell which part of it is.
 */
export function treatment(cell: Cell, edition: Edition) {
  const { tags = [], nbgrader, jupyter, collapsed } = cell.metadata as Partial<Metadata>;
  const has = new Set(tags.map(tagName));
  if (nbgrader?.solution && !hasMarks(cell)) has.add("solution");
  const role = roles.find((name) => has.has(name));
  const isStudent = edition === "student";
  const isGone = has.has("remove-cell") || (isStudent && has.has("teacher"));
  const isInputHidden = has.has("hide-input") || jupyter?.source_hidden;
  // A check was last run on the starter, or on somebody's answer: on a page that is no more than an example.
  const isOutputHidden = role === "check" || jupyter?.outputs_hidden || collapsed;
  return {
    /** `work`: the cell gives way to an empty place to work in. */
    cell: isGone ? "remove" : isStudent && has.has("solution") ? "work" : "keep",
    /** `fold`: the code is there, behind a click where the format can do that. */
    input: has.has("remove-input") ? "remove" : isInputHidden ? "fold" : "show",
    output: has.has("remove-output") ? "remove" : isOutputHidden ? "fold" : "show",
    role,
  } as const;
}

/** The metadata that front ends and graders write beside tags. */
interface Metadata {
  tags: string[];
  nbgrader: { solution?: unknown } | null;
  jupyter: { source_hidden?: unknown; outputs_hidden?: unknown } | null;
  collapsed: unknown;
}

/** The words above a cell; a hint has its own. */
export const labels: Readonly<Partial<Record<Role, string>>> = {
  exercise: "Exercise",
  solution: "Solution",
  teacher: "For the teacher",
};
