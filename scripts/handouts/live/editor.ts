/// <reference lib="dom" />
/** An editor of a cell: a text area, and behind it the same text in colours. @module */
import { codeLines } from "../document/highlight.ts";
import { h, toHtml } from "../document/tree.ts";
import { Completion } from "./completion.ts";
import { element } from "./element.ts";

/** Called when its text changes, when it is to run, when it is left by Escape. */
export interface EditorEvents {
  /** Takes in a text that was typed, and puts it into the editor anew, in colours. */
  input(source: string): void;
  run(): void;
  leave(): void;
}

/** Puts an editor in the place of a cell's code. Returns a function that puts another text into it. */
export function edit(code: HTMLElement, source: string, label: string, on: EditorEvents) {
  const area = element("textarea", {
    "aria-label": label,
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
  code.parentElement!.removeAttribute("tabindex"); // the area takes the focus
  code.replaceChildren(element("div", { class: "editor" }, colours, area));
  const completion = new Completion(area, () => colours.children, insert);
  area.addEventListener("input", () => {
    on.input(area.value);
    completion.offer();
  });
  area.addEventListener("keydown", (event) => {
    if (completion.key(event)) event.preventDefault();
    else if (event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      completion.close();
      on.run();
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const line = area.value.slice(0, area.selectionStart).split("\n").at(-1)!;
      insert(`\n${line.match(/^\s*/)![0]}${/[{([]\s*$/.test(line) ? "  " : ""}`);
    } else if (event.key === "Escape") on.leave();
  });
  return set;
}

/** Types a text where the cursor is; the browser can undo it. */
function insert(text: string): void {
  document.execCommand("insertText", false, text);
}
