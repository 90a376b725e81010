/// <reference lib="dom" />
/** Makes a page alive: its cells can be edited and run, and its parameters are controls. @module */
import type { Value } from "../../parameters/type.ts";
import {
  type Chosen,
  type Control,
  control,
  readAddress,
  readValue,
  unquoted,
  writeAddress,
} from "./controls.ts";
import type { LiveData } from "./data.tsx";
import { edit, type Editor } from "./editor.ts";
import { button, element } from "./element.ts";
import type { Told } from "./engine.ts";
import { outputsHtml, type Shown, take } from "./outputs.ts";
import type { Asked } from "./worker.ts";

/** The code of the worker, which stands in front of this script. */
declare const workerSource: string;

/** A cell runs for so many milliseconds before Stop is offered. */
const PATIENCE = 200;

const data: LiveData = JSON.parse(document.getElementById("live")!.textContent);
const declared = data.parameters?.declared ?? [];
const workerUrl = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));

/** A cell of the page. */
class Cell {
  readonly code: HTMLElement;
  readonly given: string;
  readonly number: number;
  readonly name: string;
  readonly runButton = button("Run", "", () => run([this.index]));
  readonly resetButton = button("Reset", "", () => this.reset());
  source: string;
  outputs: Shown[] = [];
  #place: HTMLElement | null;
  #editor?: Editor;
  #line?: number;

  constructor(readonly box: HTMLElement, readonly index: number) {
    this.code = box.querySelector<HTMLElement>("pre.code > code")!;
    this.#place = box.querySelector<HTMLElement>(".outputs");
    this.given = this.code.textContent.replace(/\n$/, "");
    this.number = Number(box.querySelector(".count")?.textContent.match(/\d+/)?.[0] ?? index + 1);
    this.name = `cell ${this.number}`;
    this.source = kept(this) ?? this.given;
    this.runButton.ariaLabel = `Run ${this.name}`;
    this.resetButton.ariaLabel = `Reset ${this.name} to the notebook’s own code`;
    const editButton = button("Edit", `Edit ${this.name}`, () => this.edit());
    this.code.parentElement!.after(
      element("div", { class: "tools" }, this.runButton, editButton, this.resetButton),
    );
    this.code.addEventListener("click", () => {
      if (!this.#editor && getSelection()?.isCollapsed) this.edit();
    });
    if (this.source !== this.given) this.#open();
    this.resetButton.hidden = this.source === this.given;
  }

  #open(): Editor {
    return this.#editor ??= edit(this.code, this.source, `Code of ${this.name}`, {
      input: (source) => this.#change(source),
      run: () => run([this.index]),
      leave: () => this.runButton.focus(),
    });
  }

  edit(): void {
    this.#open().area.focus();
  }

  #change(source: string): void {
    this.source = source;
    this.resetButton.hidden = source === this.given;
    keep(this);
  }

  reset(): void {
    this.#editor?.set(this.given);
    this.#change(this.given);
    this.runButton.focus();
    run([this.index]);
  }

  start(): void {
    this.outputs = [];
    this.#line = undefined;
    this.box.classList.add("running");
  }

  hear(told: Told): void {
    take(this.outputs, told);
    if (told.kind === "done") {
      this.#line = told.error?.line;
      this.box.classList.remove("running");
    }
    draw(this);
  }

  end(text: string): void {
    this.outputs.push({ kind: "note", text });
    this.box.classList.remove("running");
    draw(this);
  }

  show(): void {
    if (!this.#place && this.outputs.length > 0) {
      this.#place = element("div", {
        class: "outputs",
        role: "group",
        "aria-label": `Output of ${this.name}`,
      });
      this.box.append(this.#place);
    }
    if (this.#place) this.#place.innerHTML = outputsHtml(this.outputs);
    this.openAnswer("details.checked");
    if (this.#line !== undefined) this.#open();
    this.#editor?.mark(this.#line);
  }

  /** Opens what hides the outputs, if anything does. */
  openAnswer(selector = "details"): void {
    const answer = this.#place?.closest<HTMLDetailsElement>(selector);
    if (answer) answer.open = true;
  }
}

// ---- Edits are kept in the browser

const status = element("p", { role: "status" });
const key = (cell: Cell) => `course ${location.pathname} ${cell.box.id}`;

/** The edited source of a cell, if the cell is still what was edited. */
function kept(cell: Cell): string | undefined {
  try {
    const [given, source] = JSON.parse(localStorage.getItem(key(cell)) ?? "[]");
    return given === cell.given ? source : undefined;
  } catch {
    return undefined;
  }
}

function keep(cell: Cell): void {
  try {
    if (cell.source === cell.given) localStorage.removeItem(key(cell));
    else localStorage.setItem(key(cell), JSON.stringify([cell.given, cell.source]));
  } catch {
    say(
      "This browser does not keep your edits: its storage is full or forbidden. Copy what you want to keep.",
    );
  }
}

function say(sentence: string): void {
  status.textContent = sentence;
}

// ---- The cells and their worker

const boxes = document.querySelectorAll<HTMLElement>(".cell:is(.code, .work)");
const cells = [...boxes].filter((box) => box.querySelector("pre.code > code")).map((box, at) =>
  new Cell(box, at)
);
const places = (ids: string[]) => cells.filter(({ box }) => ids.includes(box.id)).map(({ index }) => index);
let chosen: Chosen = new Map();
let worker: Worker;
let current: Cell | undefined;
let patience: ReturnType<typeof setTimeout> | undefined;

function newWorker(): void {
  worker = new Worker(workerUrl);
  worker.onmessage = ({ data }: MessageEvent<Told>) => hear(data);
  worker.onerror = (event) => {
    event.preventDefault();
    stop("The code could not go on; a cell may have filled the memory.");
  };
}

function run(asked: number[]): void {
  const message: Asked = {
    cells: cells.map(({ source, number }) => ({ source, number })),
    values: Object.fromEntries(chosen),
    parameters: places(data.parameters ? [data.parameters.block] : [])[0] ?? -1,
    realTime: places(data.realTime),
    run: asked,
  };
  for (const index of asked) cells[index].openAnswer();
  worker.postMessage(message);
  patience ??= setTimeout(() => stopButton.hidden = false, PATIENCE);
}

function hear(told: Told): void {
  if (told.kind === "ready") return;
  if (told.kind === "idle") return rest();
  const cell = cells[told.cell];
  if (told.kind === "start") {
    current = cell;
    cell.start();
  } else if (told.kind === "skip") {
    cell.outputs = [{ kind: "note", text: told.why }];
    draw(cell);
  } else cell.hear(told);
}

function rest(): void {
  clearTimeout(patience);
  current = patience = undefined;
  stopButton.hidden = true;
}

/** Ends the worker; a new one takes over, in which nothing has run. */
function stop(sentence: string): void {
  worker.terminate();
  current?.end(sentence);
  rest();
  newWorker();
}

const undrawn = new Set<Cell>();

/** Draws a cell's outputs with the next picture of the screen. */
function draw(cell: Cell): void {
  if (undrawn.size === 0) {
    requestAnimationFrame(() => {
      for (const one of undrawn) one.show();
      undrawn.clear();
    });
  }
  undrawn.add(cell);
}

// ---- Controls

const controls = new Map<string, Control>();
const own = new Map(declared.map((it) => [it.name, readValue(it, unquoted(it))]));

function choose(name: string, text: string): void {
  try {
    const value: Value = readValue(declared.find((it) => it.name === name)!, text);
    if (String(value) === String(own.get(name))) chosen.delete(name);
    else chosen.set(name, value);
    writeAddress(chosen);
    showChosen();
    run([]);
  } catch (error) {
    say((error as Error).message);
  }
}

function showChosen(): void {
  for (const [name, { show }] of controls) show(chosen.get(name) ?? own.get(name)!);
  const values = (of: Map<string, Value>) =>
    [...chosen.keys()].map((name) => `${name} = ${of.get(name)}`).join(", ");
  say(
    chosen.size === 0
      ? ""
      : `The outputs are for ${values(chosen)}; the text speaks of the notebook’s own values, ${
        values(own)
      }.`,
  );
  resetButton.hidden = chosen.size === 0;
}

function readValues(): void {
  const read = readAddress(location.hash, declared);
  const isSame = JSON.stringify([...read.chosen]) === JSON.stringify([...chosen]);
  chosen = isSame ? chosen : read.chosen;
  if (!isSame) {
    showChosen();
    run([]);
  }
  if (read.refused.length > 0) say(read.refused.join(" "));
}

function resetValues(): void {
  chosen = new Map();
  writeAddress(chosen);
  showChosen();
  run([]);
}

const stopButton = button("Stop", "Stop the cells that run", () => stop("Stopped."));
const resetButton = button("Reset values", "Reset values of parameters to the notebook’s own", resetValues);
const runAllButton = button("Run all", "Run all cells", () => run([...cells.keys()]));
stopButton.hidden = resetButton.hidden = true;

const parameters = cells.find(({ box }) => box.id === data.parameters?.block);
if (parameters) {
  for (const it of declared) controls.set(it.name, control(it, (text) => choose(it.name, text)));
  const row = element("div", { class: "controls", role: "group", "aria-label": "Parameters" });
  row.append(...[...controls.values()].map(({ node }) => node));
  parameters.box.classList.add("has-controls");
  parameters.box.prepend(row);
}
document.body.append(
  element("section", { class: "bar", "aria-label": "Run" }, runAllButton, stopButton, resetButton, status),
);
document.documentElement.classList.add("alive");
newWorker();
showChosen();
if (cells.some(({ source, given }) => source !== given)) {
  say("Your edits are here. Run all, or run the cells you need.");
}
run([]); // compiles the cells, so that the first move of a control is as quick as the next
readValues();
addEventListener("hashchange", readValues);
