/** The cells that an edition shows and their parts: by tags, metadata, nbgrader's marks, and comments in Markdown. @module */
import type { Cell, Output } from "../../notebook/notebook.ts";
import { Places } from "./places.ts";

/** Who a handout is for: learners, or the one who teaches them. */
export type Edition = "student" | "teacher";

/** All roles of a cell: its part in an exercise, or whose it is; of several, the first holds. */
export const roles = ["solution", "teacher", "exercise", "hint", "check"] as const;
export type Role = typeof roles[number];

/** JupyterLab's slide types; "-", its "goes on", is none. */
const slides = ["slide", "subslide", "fragment", "skip", "notes"] as const;

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
  const { tags = [], nbgrader, jupyter, collapsed, slideshow } = cell.metadata as Partial<Metadata>;
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
    /** The part that its author gives it in a slide show, if any. */
    slide: slides.find((type) => type === slideshow?.slide_type),
  } as const;
}

/** The metadata that front ends and graders write beside tags. */
interface Metadata {
  tags: string[];
  nbgrader: { solution?: unknown } | null;
  jupyter: { source_hidden?: unknown; outputs_hidden?: unknown } | null;
  collapsed: unknown;
  slideshow: { slide_type?: unknown } | null;
}

/** The words above a cell; a hint has its own. */
export const labels: Readonly<Partial<Record<Role, string>>> = {
  exercise: "Exercise",
  solution: "Solution",
  teacher: "For the teacher",
};

/** The place of nbgrader's mark, as "BEGIN SOLUTION", in a line: at its start, but for signs, or in a comment; -1 if it has none. */
function markIn(line: string, mark: string): number {
  const at = line.search(new RegExp(`\\b${mark}\\b`, "i"));
  return /^\W*$|#|\/\/|\/\*|--|%|;/.test(line.slice(0, Math.max(at, 0))) ? at : -1;
}

/** Text without the lines from the mark that begins something to the one that ends it, or to the end; in place of them stands `instead`. */
function without(text: string, what: string, instead: (before: string) => string = () => "") {
  let isInside = false;
  return text.split("\n").flatMap((line) => {
    const at = isInside ? -1 : markIn(line, `BEGIN ${what}`);
    const shown = at >= 0 ? [instead(line.slice(0, at))] : isInside ? [] : [line];
    if (at >= 0 || isInside) isInside = markIn(line.slice(at + 1), `END ${what}`) < 0;
    return shown;
  }).join("\n");
}

/** True if marks in the cell enclose its solution. */
export function hasMarks({ source }: Cell): boolean {
  return source.split("\n").some((line) => markIn(line, "BEGIN SOLUTION") >= 0);
}

/** The cell as learners get it. Of a cell with something hidden there are no outputs: they would tell. */
export function forLearners(cell: Cell): Cell {
  const sign = (before: string) => cell.cell_type !== "code" ? "" : /#[^\w]*$/.test(before) ? "# " : "// ";
  const yourTurn = (before: string) => `${/^\s*/.exec(before)![0]}${sign(before)}Your turn`;
  const shown = without(without(cell.source, "HIDDEN TESTS"), "MARK SCHEME");
  const source = without(shown, "SOLUTION", yourTurn);
  if (cell.cell_type !== "code") return { ...cell, source: new Places(source).withoutComments() };
  return { ...cell, source, outputs: source === cell.source ? cell.outputs.map(withoutComments) : [] };
}

function withoutComments(output: Output): Output {
  if (!("data" in output) || typeof output.data["text/markdown"] !== "string") return output;
  const shown = new Places(output.data["text/markdown"]).withoutComments();
  return { ...output, data: { ...output.data, "text/markdown": shown } };
}

/** The cell with its solution, and without the marks around it. */
export function withoutMarks(cell: Cell): Cell {
  const lines = cell.source.split("\n").filter((line) =>
    markIn(line, "BEGIN SOLUTION") < 0 && markIn(line, "END SOLUTION") < 0
  );
  return { ...cell, source: lines.join("\n") };
}
