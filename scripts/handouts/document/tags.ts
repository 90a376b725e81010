/** Who a handout is for: learners, or the one who teaches them. */
export type Edition = "student" | "teacher";

/** What becomes of one cell in one edition. Every format takes it from here, so that a tag means one thing. */
export interface Treatment {
  /** `work`: the cell gives way to an empty place to work in. */
  cell: "keep" | "remove" | "work";
  /** `fold`: the code is there, behind a click where the format can do that. */
  input: "show" | "fold" | "remove";
  output: "show" | "remove";
  /** Set where a reader should be told that the cell is not in every edition. */
  role?: "solution" | "teacher";
}

/** A tag as it is compared: capitals, and underscores for dashes, make no difference. */
export function tagName(tag: string): string {
  return tag.trim().toLowerCase().replaceAll("_", "-");
}

/**
 * Reads a cell's tags: `remove-cell`, `remove-input`, `remove-output`, `hide-input`, `solution`, `teacher`.
 * nbconvert's spelling with underscores counts as well.
 */
export function treatment(tags: readonly string[], edition: Edition): Treatment {
  const has = new Set(tags.map(tagName));
  const role = has.has("solution") ? "solution" : has.has("teacher") ? "teacher" : undefined;
  const student = edition === "student";
  const gone = has.has("remove-cell") || (student && has.has("teacher"));
  return {
    cell: gone ? "remove" : student && has.has("solution") ? "work" : "keep",
    input: has.has("remove-input") ? "remove" : has.has("hide-input") ? "fold" : "show",
    output: has.has("remove-output") ? "remove" : "show",
    role,
  };
}

/** The words above a cell that is not in every edition. */
export const labels = { solution: "Solution", teacher: "For the teacher" };
