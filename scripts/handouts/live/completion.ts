/// <reference lib="dom" />
/** Completion in an editor: lib's names, with a line on each, and those that the page's cells declare. @module */
import { element } from "./element.ts";

/** lib's public names, each with the first sentence of its documentation; the bundle defines it in front of this script. */
declare const libNames: Record<string, string>;

const declaration = /\b(?:const|let|var|function\*?|class|interface|type)\s+([\w$]+)/g;
/** The word in front of the cursor; none after a dot, since a property is no name of ours, but one after three dots. */
const wordBefore = /(?<![\w$]|(?<!\.\.)\.)(?:[A-Za-z_$][\w$]*)?$/;
/** The start of a line, if it ends outside of strings and comments. */
const plain = /^(?:[^"'`/]|"[^"]*"|'[^']*'|`[^`]*`|\/(?!\/))*$/;

/** Replaces the selection as typing does: the browser can undo it. */
export function insert(text: string): void {
  document.execCommand("insertText", false, text);
}

/** A list of names that complete the word in front of the cursor, shown while typing or on Ctrl + Space. */
export class Completion {
  readonly #list = element("div", { role: "listbox", "aria-label": "Names", popover: "manual" });
  #options: HTMLElement[] = [];
  #chosen = 0;

  /** @param lines has an element for each line of the area */
  constructor(readonly area: HTMLTextAreaElement, readonly lines: HTMLElement) {
    this.#list.id = `names-${area.ariaLabel!.match(/\d+/)}`;
    area.setAttribute("aria-controls", this.#list.id);
    for (const event of ["blur", "pointerdown"]) area.addEventListener(event, () => this.close());
    area.after(this.#list);
    this.#list.addEventListener("mousedown", (event) => event.preventDefault()); // the area keeps the focus
  }

  /** Lists the names that start with the word, if it has at least `least` letters. */
  offer(least = 2): void {
    this.close();
    const lines = this.area.value.slice(0, this.area.selectionStart).split("\n");
    const line = lines.at(-1)!;
    const word = line.match(wordBefore)?.[0];
    if (word === undefined || word.length < least || !plain.test(line)) return;
    const code = [...document.querySelectorAll("textarea")].map(({ value }) => value).join("\n");
    const declared = [...code.matchAll(declaration)].map(([, name]) => [name, ""]);
    const all: Record<string, string> = { ...Object.fromEntries(declared), ...libNames };
    const names = Object.keys(all).filter((name) => name.toLowerCase().startsWith(word.toLowerCase()))
      .sort((a, b) => a.localeCompare(b));
    if (names.length === 0 || (least > 0 && names.includes(word))) return;
    const start = this.area.selectionStart - word.length;
    this.#options = names.map((name, at) => {
      const attributes = { role: "option", id: `${this.#list.id}-${at}` };
      const option = element("div", attributes, element("b", {}, name), ` ${all[name]}`);
      option.addEventListener("click", () => {
        this.area.selectionStart = start;
        insert(name);
        this.close();
      });
      return option;
    });
    this.#list.replaceChildren(...this.#options);
    this.#list.showPopover();
    const { left, top, bottom } = this.lines.children[lines.length - 1].getBoundingClientRect();
    const { offsetWidth, offsetHeight, style } = this.#list;
    const column = line.length - word.length;
    style.left = `min(${scrollX + left}px + ${column}ch, ${scrollX + innerWidth - offsetWidth}px)`;
    style.top = `${scrollY + (bottom + offsetHeight > innerHeight ? top - offsetHeight : bottom)}px`;
    this.#choose(0);
  }

  close(): void {
    this.#list.hidePopover();
    this.area.removeAttribute("aria-activedescendant");
  }

  /** Handles a key; returns false if the list has no use for it. */
  key({ key, ctrlKey, shiftKey, altKey, metaKey }: KeyboardEvent): boolean {
    const isOpen = this.area.hasAttribute("aria-activedescendant");
    if (key === " " && ctrlKey) this.offer(0);
    else if (!isOpen || shiftKey || ctrlKey || altKey || metaKey) return false;
    else if (key === "ArrowDown") this.#choose(this.#chosen + 1);
    else if (key === "ArrowUp") this.#choose(this.#chosen - 1);
    else if (key === "Enter" || key === "Tab") this.#options[this.#chosen].click();
    else {
      this.close();
      return key === "Escape";
    }
    return true;
  }

  #choose(at: number): void {
    this.#chosen = (at + this.#options.length) % this.#options.length;
    this.#options.forEach((option, at) => option.ariaSelected = String(at === this.#chosen));
    this.#options[this.#chosen].scrollIntoView({ block: "nearest" });
    this.area.setAttribute("aria-activedescendant", this.#options[this.#chosen].id);
  }
}
