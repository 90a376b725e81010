/// <reference lib="dom" />
/** An editor of a cell: a text area, and behind it the same text in colours. @module */
import { codeLines } from "../document/highlight.ts";
import { h, toHtml } from "../document/tree.ts";
import { Completion, insert } from "./completion.ts";
import { element } from "./element.ts";

/** Takes the text of a cell. */
type Take = (source: string) => void;

/**
 * Puts an editor in the place of a cell's code. Returns a function that puts another text into it.
 *
 * @param name what the cell is called
 * @param run the button that runs it, and takes the focus on Escape
 * @param input takes what is typed, and must put it into the editor again, in colours
 */
export function edit(code: HTMLElement, name: string, source: string, run: HTMLElement, input: Take) {
  const area = element("textarea", {
    "aria-label": `Code of ${name}`,
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    spellcheck: "false",
    autocapitalize: "off",
    rows: 1,
  });
  const colours = element("div", { "aria-hidden": "true" }, ...code.querySelectorAll(".line"));
  const set = (text: string) => {
    if (area.value !== text) area.value = text; // else what was typed could not be undone
    const lines = codeLines(text, "typescript"); // without empty ones at the end
    const all = text.split("\n").map((_, at) => lines[at] ?? h("span", { class: "line" }, "\n"));
    colours.innerHTML = toHtml(all);
  };
  area.value = source;
  if (colours.textContent.trimEnd() !== source) set(source);
  code.replaceChildren(element("div", { class: "editor" }, colours, area));
  const completion = new Completion(area, colours);
  area.addEventListener("input", () => {
    input(area.value);
    completion.offer();
  });
  area.addEventListener("keydown", (event) => {
    if (completion.key(event)) event.preventDefault();
    else if (event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      completion.close();
      run.click();
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const line = area.value.slice(0, area.selectionStart).split("\n").at(-1)!;
      insert(`\n${line.match(/^\s*/)![0]}${/[{([]\s*$/.test(line) ? "  " : ""}`);
    } else if (event.key === "Escape") run.focus();
  });
  /** Types another text in place of all, so that the browser can undo it. */
  const type = (text: string) => {
    area.focus({ preventScroll: true });
    area.select();
    insert(text);
    run.focus({ preventScroll: true });
  };
  return { set, type };
}
