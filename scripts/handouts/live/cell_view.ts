/// <reference lib="dom" />
/** A cell of a live page: code that can be edited and run, and its outputs. @module */
import type { Cell } from "../../notebook/notebook.ts";
import { Names } from "../document/names.ts";
import { edit } from "./editor.ts";
import { button, element } from "./element.ts";
import type { WorkerMessage } from "./engine.ts";
import { ownName } from "./address.ts";
import { outputsHtml, type ShownOutput, take } from "./outputs.ts";
import { kept } from "./storage.ts";

/** The page, as its cells use it. */
export interface Page {
  /** Runs cells. */
  run(indices: number[]): void;
  say(sentence: string): void;
  /** Stores a value, or removes it if `undefined`. */
  keep(what: string, value: unknown): void;
  /** Called when a cell has drawn its outputs; `isNew` if they have changed. */
  drawn(cell: CellView, isNew: boolean): void;
}

/** The id of a cell's element, without the page's name that a single-file course puts in front. */
export const ownId = ({ id }: Element): string => id.replace(/^.*\//, "");

/** A cell of a live page. */
export class CellView {
  /** `cell-` and its id in the notebook. */
  readonly id: string;
  readonly number: number;
  readonly name: string;
  /** The code of the notebook as handed out. */
  readonly given: string;
  outputs: ShownOutput[];
  /** The elements of its lines of code. */
  readonly lines: HTMLCollection;
  readonly #editor: ReturnType<typeof edit>;
  #place: HTMLElement | null;
  #html = "";
  #frame?: number;
  /** The ids in use: those of the page, and of outputs since the cell started. */
  #ids?: Names;
  /** The page's note below the outputs. */
  #note?: string;

  /** @param cell the cell of the notebook, whose source follows the edits */
  constructor(readonly box: HTMLElement, readonly index: number, readonly cell: Cell, readonly page: Page) {
    this.id = ownId(box);
    const code = box.querySelector<HTMLElement>("pre.code > code")!;
    this.lines = code.getElementsByClassName("line");
    this.#place = box.querySelector<HTMLElement>(".outputs");
    this.outputs = this.#place ? [{ html: this.#place.innerHTML }] : [];
    this.number = Number(box.querySelector(".count")?.textContent.match(/\d+/)?.[0] ?? index + 1);
    this.name = `cell ${this.number}`;
    this.given = cell.source;
    const runButton = button("Run", `Run ${this.name}`, () => page.run([index]));
    const copyButton = button("Copy", `Copy the code of ${this.name}`, () => this.#copy());
    const reset = `Reset ${this.name} to the notebook’s own code`;
    const resetButton = button("Reset", reset, () => this.reset(), "edited");
    code.parentElement!.after(element("div", { class: "tools" }, runButton, copyButton, resetButton));
    this.#editor = edit(code, this.name, cell.source, runButton, (source) => this.#take(source));
  }

  get isEdited(): boolean {
    return this.cell.source !== this.given;
  }

  #take(source: string): void {
    this.cell.source = source;
    this.box.classList.toggle("edited", this.isEdited);
    this.page.keep(this.id, this.isEdited ? [this.given, source] : undefined);
  }

  /** Types the notebook's own code, and runs it. */
  reset(): void {
    this.#editor.type(this.given);
    this.page.run([this.index]);
  }

  /** Restores the stored edit, unless the notebook's own code has changed since. */
  restore(): void {
    const [given, source] = kept<[string, string]>(ownName, this.id) ?? [this.given, this.given];
    if (given === this.given && source !== this.cell.source) this.#editor.set(source);
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.cell.source);
      this.page.say(`Copied the code of ${this.name}.`);
    } catch {
      this.page.say("The browser does not let the page copy: select the code and press Ctrl + C.");
    }
  }

  /** Takes a message of the worker on this cell. */
  hear(told: WorkerMessage): void {
    const { classList } = this.box;
    if (told.kind === "wait") return classList.add("waiting");
    if (/start|skip/.test(told.kind)) classList.remove("waiting");
    if (told.kind === "output") take(this.outputs, told);
    else classList.toggle("running", told.kind === "start");
    if (told.kind === "start") {
      this.outputs = [];
      this.#ids = this.#note = undefined;
      for (const line of this.lines) line.classList.remove("wrong");
      return;
    }
    if (told.kind === "skip") {
      if (!told.keeps) this.outputs = [];
      this.#note = told.why;
    }
    this.#frame ??= requestAnimationFrame(() => this.#draw()); // once a frame
  }

  #draw(): void {
    this.#frame = undefined;
    const attributes = { class: "outputs", role: "group", "aria-label": `Output of ${this.name}` };
    const place = this.#place ??= this.box.appendChild(element("div", attributes));
    const others = () => [...document.querySelectorAll("[id]")].filter((it) => !place.contains(it));
    this.#ids ??= new Names(others().map(({ id }) => id));
    const html = outputsHtml(this.outputs, ` of ${this.name}`, this.#ids, this.#note);
    const isNew = html !== this.#html;
    if (isNew) place.innerHTML = this.#html = html;
    this.page.drawn(this, isNew);
    this.openAnswer("details.checked");
    const error = place.querySelector(".error")?.textContent ?? "";
    const [, line] = error.match(RegExp(`^ +at (?:.*In\\[${this.number}\\]:|line )(\\d+)`, "m")) ?? [];
    this.lines[Number(line) - 1]?.classList.add("wrong");
  }

  /** Unfolds the outputs, if they are folded away. */
  openAnswer(selector = "details"): void {
    const answer = this.#place?.closest<HTMLDetailsElement>(selector);
    if (answer) answer.open = true;
  }
}
