/// <reference lib="dom" />
/** Completion in an editor: lib's names, with a line on each, and those that the page's cells declare. @module */
import { element } from "./element.ts";

/** lib's public names, each with the first sentence on it; it stands in front of this script. */
declare const libNames: Record<string, string>;

/** The names that pieces of code declare. */
export function declaredIn(sources: string[]): string[] {
  const declaration =
    /\b(?:const|let|var|function\*?|class|interface|type)\s+(?:([\w$]+)|([[{][^=;]*[\]}])\s*(?:=|of\b))/g;
  return sources.flatMap((source) => [...source.matchAll(declaration)])
    .flatMap(([, name, pattern]) => name ?? pattern.match(/[A-Za-z_$][\w$]*/g) ?? []);
}

/** A list of names for the word in front of the cursor, while one types or with Ctrl + Space. */
export class Completion {
  readonly #list = element("div", { role: "listbox", "aria-label": "Names", popover: "manual" });
  #chosen = 0;
  /** Where the word begins. */
  #start = 0;

  /**
   * @param colours an element that has the area's text, in colours
   * @param declared returns the names that cells declare
   * @param insert types a text in place of what is selected
   */
  constructor(
    readonly area: HTMLTextAreaElement,
    readonly colours: HTMLElement,
    readonly declared: () => string[],
    readonly insert: (text: string) => void,
  ) {
    this.#list.id = `names-${area.ariaLabel!.match(/\d+/)}`;
    for (const event of ["blur", "pointerdown"]) area.addEventListener(event, () => this.close());
    area.after(this.#list);
    this.#list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the area keeps the focus
      const option = (event.target as Element).closest("[role=option]");
      if (option) this.#take(option);
    });
  }

  /** Lists what begins as the word does, from so many letters on. */
  offer(least = 2): void {
    this.close();
    const { value, selectionStart } = this.area;
    // No name of ours follows a dot; three dots are no dot.
    const word = value.slice(0, selectionStart).match(/(?<![\w$]|(?<!\.\.)\.)(?:[A-Za-z_$][\w$]*)?$/)?.[0];
    if (word === undefined || word.length < least) return;
    const all = new Map([...this.declared().map((name) => [name, ""] as const), ...Object.entries(libNames)]);
    const names = [...all.keys()].filter((name) => name.toLowerCase().startsWith(word.toLowerCase()))
      .sort((a, b) => a.localeCompare(b));
    this.#start = selectionStart - word.length;
    const place = this.#place();
    if (!place || names.length === 0 || (least > 0 && names.includes(word))) return;
    this.#list.replaceChildren(
      ...names.map((name, at) =>
        element(
          "div",
          { role: "option", id: `${this.#list.id}-${at}` },
          element("b", {}, name),
          all.get(name)!,
        )
      ),
    );
    this.#list.showPopover();
    const { offsetWidth, offsetHeight, style } = this.#list;
    const top = place.bottom + offsetHeight > innerHeight ? place.top - offsetHeight : place.bottom;
    style.left = `${scrollX + Math.min(place.left, innerWidth - offsetWidth)}px`;
    style.top = `${scrollY + top}px`;
    this.area.setAttribute("aria-controls", this.#list.id);
    this.#choose(0);
  }

  close(): void {
    this.#list.hidePopover();
    this.area.removeAttribute("aria-controls");
    this.area.removeAttribute("aria-activedescendant");
  }

  /** Takes a key; returns false where it means nothing here. */
  key({ key, ctrlKey, shiftKey, altKey, metaKey }: KeyboardEvent): boolean {
    if (key === " " && ctrlKey) this.offer(0);
    else if (!this.area.hasAttribute("aria-controls") || shiftKey || ctrlKey || altKey || metaKey) {
      return false;
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      this.#choose(this.#chosen + (key === "ArrowUp" ? -1 : 1));
    } else if (key === "Enter" || key === "Tab") this.#take(this.#list.children[this.#chosen]);
    else {
      this.close();
      return key === "Escape";
    }
    return true;
  }

  #choose(at: number): void {
    const options = [...this.#list.children];
    this.#chosen = (at + options.length) % options.length;
    options.forEach((option, at) => option.ariaSelected = String(at === this.#chosen));
    options[this.#chosen].scrollIntoView({ block: "nearest" });
    this.area.setAttribute("aria-activedescendant", options[this.#chosen].id);
  }

  #take(option: Element): void {
    this.area.selectionStart = this.#start;
    this.insert(option.firstChild!.textContent!);
    this.close();
  }

  /** Where the word stands on the screen; undefined in a comment or a string. */
  #place(): DOMRect | undefined {
    const texts = document.createTreeWalker(this.colours, NodeFilter.SHOW_TEXT);
    let at = this.#start;
    for (let text; (text = texts.nextNode() as Text | null); at -= text.length) {
      if (at >= text.length) continue;
      if (text.parentElement!.matches(".hljs-comment, .hljs-string")) return;
      const range = new Range();
      range.setStart(text, at);
      return range.getBoundingClientRect();
    }
  }
}
