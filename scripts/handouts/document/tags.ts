/** Decides what an edition shows of a cell, by tags, metadata, nbgrader's marks and comments in Markdown. @module */
import type { Cell, Output } from "../../notebook/notebook.ts";
import { Places } from "./places.ts";

/** The audience of a handout. */
export type Edition = "student" | "teacher";

/** The roles of a cell: its part in an exercise, or its audience. If a cell has several, the first of these counts. */
export const roles = ["solution", "teacher", "exercise", "hint", "check"] as const;
export type Role = typeof roles[number];

/** JupyterLab's slide types, except "-", which means none. */
const slides = ["slide", "subslide", "fragment", "skip", "notes"] as const;

/** Normalizes a tag for comparison: case is ignored, and underscores equal dashes. */
export function tagName(tag: string): string {
  return tag.normalize("NFKC").trim().toLowerCase().replaceAll("_", "-");
}

/** The treatment of a cell in an edition. All formats use it, so a tag means the same everywhere. */
export type Treatment = ReturnType<typeof treatment>;

/**
 * Reads a cell's tags: `remove-cell`, `remove-input`, `remove-output`, `hide-input` and roles, also in nbconvert's spelling
 * with underscores. Input and output collapsed in JupyterLab are folded. A cell that nbgrader's metadata calls a solution is
 * one, unless marks enclose only a part of it.
 */
export function treatment(cell: Cell, edition: Edition) {
  const { tags = [], nbgrader, jupyter, collapsed, slideshow } = cell.metadata as Partial<Metadata>;
  const has = new Set(tags.map(tagName));
  if (nbgrader?.solution && !hasMarks(cell)) has.add("solution");
  const role = roles.find((name) => has.has(name));
  const isStudent = edition === "student";
  const isGone = has.has("remove-cell") || (isStudent && has.has("teacher"));
  const isInputHidden = has.has("hide-input") || jupyter?.source_hidden;
  // A check's output is from the starter or from somebody's answer, and says nothing about the reader's.
  const isOutputHidden = role === "check" || jupyter?.outputs_hidden || collapsed;
  return {
    /** `work`: a place to work replaces the cell. */
    cell: isGone ? "remove" : isStudent && has.has("solution") ? "work" : "keep",
    /** `fold`: the code is hidden until clicked, if the format supports that. */
    input: has.has("remove-input") ? "remove" : isInputHidden ? "fold" : "show",
    output: has.has("remove-output") ? "remove" : isOutputHidden ? "fold" : "show",
    role,
    /** The slide type that its author chose, if any. */
    slide: slides.find((type) => type === slideshow?.slide_type),
  } as const;
}

/** The metadata of front ends and graders. */
interface Metadata {
  tags: string[];
  nbgrader: { solution?: unknown } | null;
  jupyter: { source_hidden?: unknown; outputs_hidden?: unknown } | null;
  collapsed: unknown;
  slideshow: { slide_type?: unknown } | null;
}

/** The labels above cells. A hint has its own. */
export const labels: Readonly<Partial<Record<Role, string>>> = {
  exercise: "Exercise",
  solution: "Solution",
  teacher: "For the teacher",
};

/** The index of an nbgrader mark such as "BEGIN SOLUTION" in a line, at its start or in a comment; -1 if there is none. */
function markIn(line: string, mark: string): number {
  const at = line.search(new RegExp(`\\b${mark}\\b`, "i"));
  return /^\W*$|#|\/\/|\/\*|--|%|;/.test(line.slice(0, Math.max(at, 0))) ? at : -1;
}

/** Replaces the lines from a beginning mark to its end mark, or to the end of the text, by `instead`. */
function without(text: string, what: string, instead: (before: string) => string = () => "") {
  let isInside = false;
  return text.split("\n").flatMap((line) => {
    const at = isInside ? -1 : markIn(line, `BEGIN ${what}`);
    const shown = at >= 0 ? [instead(line.slice(0, at))] : isInside ? [] : [line];
    if (at >= 0 || isInside) isInside = markIn(line.slice(at + 1), `END ${what}`) < 0;
    return shown;
  }).join("\n");
}

/** Returns true if marks enclose a solution in the cell. */
export function hasMarks({ source }: Cell): boolean {
  return source.split("\n").some((line) => markIn(line, "BEGIN SOLUTION") >= 0);
}

/** The cell as learners get it. If a part of its code is hidden, so are its outputs, which could reveal it. */
export function forLearners(cell: Cell): Cell {
  const sign = (before: string) => cell.cell_type !== "code" ? "" : /#[^\w]*$/.test(before) ? "# " : "// ";
  const yourTurn = (before: string) => `${/^\s*/.exec(before)![0]}${sign(before)}Your turn`;
  const shown = without(without(cell.source, "HIDDEN TESTS"), "MARK SCHEME");
  const source = without(shown, "SOLUTION", yourTurn);
  if (cell.cell_type !== "code") return { ...cell, source: new Places(source).withoutComments() };
  return { ...cell, source, outputs: source === cell.source ? cell.outputs.map(withoutComments) : [] };
}

function withoutComments(output: Output): Output {
  if (!("data" in output) || typeof output.data?.["text/markdown"] !== "string") return output;
  const shown = new Places(output.data["text/markdown"]).withoutComments();
  return { ...output, data: { ...output.data, "text/markdown": shown } };
}

/** The cell with its solution, without the marks. */
export function withoutMarks(cell: Cell): Cell {
  const lines = cell.source.split("\n").filter((line) =>
    markIn(line, "BEGIN SOLUTION") < 0 && markIn(line, "END SOLUTION") < 0
  );
  return { ...cell, source: lines.join("\n") };
}
