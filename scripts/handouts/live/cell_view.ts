/// <reference lib="dom" />
/** A cell of a page, which can be edited and run. @module */
import type { Cell } from "../../notebook/notebook.ts";
import { Names } from "../document/names.ts";
import { edit } from "./editor.ts";
import { button, element } from "./element.ts";
import type { Told } from "./engine.ts";
import { ownName } from "./address.ts";
import { outputsHtml, type Shown, take } from "./outputs.ts";
import { kept } from "./storage.ts";

/** The page of a cell. */
export interface Page {
  /** Runs cells. */
  run(indices: number[]): void;
  say(sentence: string): void;
  /** Keeps something, or with `undefined` forgets it. */
  keep(what: string, value: unknown): void;
  /** The cell's outputs are drawn: anew, if they have changed. */
  drawn(cell: CellView, isNew: boolean): void;
}

/** The id of a cell's element, without the page's name that stands in front of it in one file of a course. */
export const ownId = ({ id }: Element): string => id.replace(/^.*\//, "");

/** A cell of a page. */
export class CellView {
  /** `cell-` and its id in the notebook. */
  readonly id: string;
  readonly number: number;
  readonly name: string;
  /** The cell's code as it was in the notebook that was given away. */
  readonly given: string;
  outputs: Shown[];
  /** The lines of its code, as they are shown. */
  readonly lines: HTMLCollection;
  readonly #editor: ReturnType<typeof edit>;
  #place: HTMLElement | null;
  #html = "";
  #frame?: number;
  /** The ids that outputs may not have: those of the page, and of outputs since the cell began. */
  #ids?: Names;
  /** A sentence of the page's own on the outputs. */
  #note?: string;

  /** @param cell the cell in the notebook, which keeps what is written */
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
    const reset = () => {
      this.reset();
      page.run([index]);
    };
    const resetButton = button("Reset", `Reset ${this.name} to the notebook’s own code`, reset, "edited");
    code.parentElement!.after(element("div", { class: "tools" }, runButton, copyButton, resetButton));
    this.#editor = edit(code, this.name, cell.source, runButton, (source) => this.#edit(source));
  }

  get isEdited(): boolean {
    return this.cell.source !== this.given;
  }

  #show(source: string): void {
    this.cell.source = source;
    this.box.classList.toggle("edited", this.isEdited);
    this.#editor.set(source);
  }

  #edit(source: string): void {
    this.#show(source);
    this.page.keep(this.id, this.isEdited ? [this.given, source] : undefined);
  }

  reset(): void {
    this.#editor.type(this.given);
  }

  /** Takes in the edit that was kept, if the cell is still what was edited. */
  takeKept(): void {
    const [given, source] = kept<[string, string]>(ownName, this.id) ?? [this.given, this.given];
    if (given === this.given && source !== this.cell.source) this.#show(source);
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.cell.source);
      this.page.say(`The code of ${this.name} is copied.`);
    } catch {
      this.page.say("This browser does not let the page copy: select the code, and press Ctrl + C.");
    }
  }

  /** Takes in what the worker tells of the cell. */
  hear(told: Told): void {
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
    this.#frame ??= requestAnimationFrame(() => this.#draw()); // with the next picture of the screen
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

  /** Opens what hides the outputs, if anything does. */
  openAnswer(selector = "details"): void {
    const answer = this.#place?.closest<HTMLDetailsElement>(selector);
    if (answer) answer.open = true;
  }
}
