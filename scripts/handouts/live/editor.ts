/// <reference lib="dom" />
/** An editor of a cell: a text area, and behind it the same text in colours. @module */
import { highlighted } from "../document/highlight.ts";
import { Completion } from "./completion.ts";
import { element } from "./element.ts";

/** What an editor tells and takes. */
export interface Editor {
  readonly area: HTMLTextAreaElement;
  set(source: string): void;
  /** Marks a line, from 1; none where it is undefined. */
  mark(line: number | undefined): void;
}

/** Puts an editor in the place of a cell's code. */
export function edit(code: HTMLElement, source: string, label: string, on: EditorEvents): Editor {
  const area = element("textarea", {
    "aria-label": label,
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    spellcheck: "false",
    autocapitalize: "off",
    rows: 1,
  });
  const colours = element("div", { "aria-hidden": "true" });
  const paint = () => {
    colours.innerHTML = `${highlighted(area.value, "typescript")} `;
  };
  const set = (text: string) => {
    area.value = text;
    paint();
  };
  const box = element("div", { class: "editor" }, colours, area);
  const completion = new Completion(area, colours, on.names, insert);
  area.addEventListener("input", () => {
    paint();
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
  set(source);
  code.replaceChildren(box);
  return {
    area,
    set,
    mark(line) {
      box.classList.toggle("wrong", line !== undefined);
      box.style.setProperty("--line-number", String((line ?? 1) - 1));
    },
  };
}

/** Called when its text changes, when it is to run, when it is left by Escape, and for the names that cells declare. */
export interface EditorEvents {
  names(): string[];
  input(source: string): void;
  run(): void;
  leave(): void;
}

/** Types a text where the cursor is; the browser can undo it. */
function insert(text: string): void {
  document.execCommand("insertText", false, text);
}
