/// <reference lib="dom" />
/** The editor of a cell: a text area on top of the same text in colours. @module */
import { codeLines } from "../document/highlight.ts";
import { h, toHtml } from "../document/tree.ts";
import { Completion, insert } from "./completion.ts";
import { element } from "./element.ts";

/** Takes the new text of a cell. */
type Take = (source: string) => void;

/**
 * Replaces a cell's code with an editor. Returns functions that put another text into it.
 *
 * @param name the name of the cell
 * @param run the button that runs it, and takes the focus on Escape
 * @param take called with each new text
 */
export function edit(code: HTMLElement, name: string, source: string, run: HTMLElement, take: Take) {
  const area = element("textarea", {
    "aria-label": `Code of ${name}`,
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    spellcheck: "false",
    autocapitalize: "off",
    rows: 1,
  });
  const colours = element("div", { "aria-hidden": "true" }, ...code.querySelectorAll(".line"));
  const colour = (text: string) => {
    const lines = codeLines(text, "typescript"); // lacks empty lines at the end
    const all = text.split("\n").map((_, at) => lines[at] ?? h("span", { class: "line" }, "\n"));
    colours.innerHTML = toHtml(all);
  };
  const set = (text: string) => {
    if (area.value !== text) area.value = text; // an assignment clears the undo history
    colour(text);
    take(text);
  };
  area.value = source;
  if (colours.textContent.trimEnd() !== source) colour(source);
  code.replaceChildren(element("div", { class: "editor" }, colours, area));
  const completion = new Completion(area, colours);
  area.addEventListener("input", () => {
    set(area.value);
    completion.offer();
  });
  area.addEventListener("keydown", (event) => {
    if (!event.isComposing && completion.key(event)) event.preventDefault();
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
  /** Types a text in place of all, so that the browser can undo it. */
  const type = (text: string) => {
    area.focus({ preventScroll: true });
    if (document.activeElement !== area) return set(text); // it is folded away
    area.select();
    insert(text);
    run.focus({ preventScroll: true });
  };
  return { set, type };
}
