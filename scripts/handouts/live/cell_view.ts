/// <reference lib="dom" />
/** A cell of a page, which can be edited and run. @module */
import { Names } from "../document/names.ts";
import { edit, type Editor } from "./editor.ts";
import { button, element } from "./element.ts";
import type { Told } from "./engine.ts";
import { note, outputsHtml, type Shown, take } from "./outputs.ts";

/**
 * Called when a cell is to run, when there is something to say, when its code has been edited, when its outputs are drawn:
 * anew, if they have changed, and for the names that the page's cells declare.
 */
export interface CellEvents {
  run(index: number): void;
  say(sentence: string): void;
  edited(cell: CellView): void;
  drawn(cell: CellView, isNew: boolean): void;
  names(): string[];
}

/** A cell of a page. */
export class CellView {
  /** `cell-` and its id in the notebook; in one file of a course, the page's name stands in front of it there. */
  readonly id: string;
  readonly given: string;
  readonly number: number;
  readonly name: string;
  source: string;
  outputs: Shown[];
  readonly code: HTMLElement;
  readonly #runButton = button("Run", "", () => this.on.run(this.index));
  readonly #resetButton = button("Reset", "", () => {
    this.edit(this.given);
    this.#runButton.focus();
    this.on.run(this.index);
  });
  #place: HTMLElement | null;
  #html = "";
  /** The ids that outputs may not have: those of the page, and of outputs since the cell began. */
  #ids?: Names;
  /** The pictures as they were when the cell was last done. */
  #pictures: Element[] = [];
  /** The first picture that is not as it was when the cell was last done. */
  changed?: HTMLElement;
  #editor?: Editor;
  #line?: number;

  /** @param given the code of each cell as the notebook has it, by its id */
  constructor(
    readonly box: HTMLElement,
    readonly index: number,
    given: ReadonlyMap<string, string>,
    readonly on: CellEvents,
  ) {
    this.id = box.id.replace(/^.*\//, "");
    this.given = given.get(this.id) ?? "";
    this.code = box.querySelector<HTMLElement>("pre.code > code")!;
    this.#place = box.querySelector<HTMLElement>(".outputs");
    this.outputs = this.#place ? [{ html: this.#place.innerHTML }] : [];
    this.#pictures = this.#drawnPictures;
    this.number = Number(box.querySelector(".count")?.textContent.match(/\d+/)?.[0] ?? index + 1);
    this.name = `cell ${this.number}`;
    this.source = this.given;
    if (this.code.querySelector("textarea")) this.code.textContent = this.given; // of a page that a browser saved
    this.#runButton.ariaLabel = `Run ${this.name}`;
    this.#resetButton.ariaLabel = `Reset ${this.name} to the notebook’s own code`;
    const editButton = button("Edit", `Edit ${this.name}`, () => this.#open().area.focus());
    const copyButton = button("Copy", `Copy the code of ${this.name}`, () => this.#copy());
    this.code.parentElement!.after(
      element("div", { class: "tools" }, this.#runButton, editButton, copyButton, this.#resetButton),
    );
    this.code.addEventListener("click", () => {
      if (!this.#editor && getSelection()?.isCollapsed) this.#open().area.focus();
    });
    this.#resetButton.hidden = true;
  }

  get isEdited(): boolean {
    return this.source !== this.given;
  }

  /** Puts other code into the cell. */
  show(source: string): void {
    this.source = source;
    this.#resetButton.hidden = !this.isEdited;
    if (this.isEdited || this.#editor) this.#open().set(source);
  }

  /** Puts other code into the cell, as if it had been typed. */
  edit(source: string): void {
    this.show(source);
    this.on.edited(this);
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.source);
      this.on.say(`The code of ${this.name} is copied.`);
    } catch {
      this.on.say("This browser does not let the page copy: select the code, and press Ctrl + C.");
    }
  }

  #open(): Editor {
    return this.#editor ??= edit(this.code, this.source, `Code of ${this.name}`, {
      input: (source) => {
        this.source = source;
        this.#resetButton.hidden = !this.isEdited;
        this.on.edited(this);
      },
      names: this.on.names,
      run: () => this.on.run(this.index),
      leave: () => this.#runButton.focus(),
    });
  }

  /** Takes in what the worker tells of the cell. */
  hear(told: Told): void {
    if (told.kind === "start") {
      this.outputs = [];
      this.#ids = undefined;
      this.#line = undefined;
      this.box.classList.add("running");
      return;
    }
    take(this.outputs, told);
    if (told.kind === "done") {
      this.#line = told.error?.line;
      this.box.classList.remove("running");
    }
    this.#draw();
  }

  /** Ends the cell's outputs with a sentence. */
  end(text: string): void {
    this.outputs.push(note(text));
    this.box.classList.remove("running");
    this.#draw();
  }

  /** Draws the outputs, with the next picture of the screen. */
  #draw(): void {
    if (undrawn.size === 0) {
      requestAnimationFrame(() => {
        for (const cell of undrawn) cell.#show();
        undrawn.clear();
      });
    }
    undrawn.add(this);
  }

  #show(): void {
    if (!this.#place) {
      const attributes = { class: "outputs", role: "group", "aria-label": `Output of ${this.name}` };
      this.box.append(this.#place = element("div", attributes));
    }
    const others = () => [...document.querySelectorAll("[id]")].filter((it) => !this.#place!.contains(it));
    this.#ids ??= new Names(others().map(({ id }) => id));
    const html = outputsHtml(this.outputs, ` of ${this.name}`, this.#ids);
    const isNew = html !== this.#html;
    if (isNew) this.#place.innerHTML = this.#html = html;
    if (!this.box.matches(".running")) {
      const pictures = this.#drawnPictures;
      this.changed = pictures.find((picture, i) => !picture.isEqualNode(this.#pictures[i]));
      this.#pictures = pictures;
    }
    this.on.drawn(this, isNew);
    this.openAnswer("details.checked");
    if (this.#line !== undefined) this.#open();
    this.#editor?.mark(this.#line);
  }

  get #drawnPictures(): HTMLElement[] {
    return [...this.#place?.querySelectorAll<HTMLElement>(".picture") ?? []];
  }

  /** Opens what hides the outputs, if anything does. */
  openAnswer(selector = "details"): void {
    const answer = this.#place?.closest<HTMLDetailsElement>(selector);
    if (answer) answer.open = true;
  }
}

const undrawn = new Set<CellView>();
