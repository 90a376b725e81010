/// <reference lib="dom" />
/** Makes a notebook's page alive: its cells can be edited and run, and its parameters are controls. @module */
import type { Value } from "../../parameters/type.ts";
import { CellView } from "./cell_view.ts";
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
import { button, element } from "./element.ts";
import type { Told } from "./engine.ts";
import { Runner } from "./frame.ts";
import { greenOf, keep, kept, whenKept } from "./kept.ts";

/** Cells run for so many milliseconds before Stop is offered. */
const PATIENCE = 200;

/** Makes a page alive. */
export function startPage({ realTime, notebook, parameters, exercises }: LiveData): void {
  const declared = parameters?.declared ?? [];
  const page = location.pathname;

  // ---- What is said

  const status = element("p", { role: "status" });
  let [news, values, refusal] = ["", "", ""];
  const say = (sentence: string) => {
    news = sentence;
    status.textContent = [news, values, refusal].filter(Boolean).join(" ");
  };

  // ---- What is kept

  const remember = (what: string, value: unknown) => {
    if (keep(page, what, value) || refusal) return;
    refusal =
      "This browser does not keep your edits: its storage is full or forbidden. Download what you want to keep.";
    say(news);
  };

  // ---- Cells

  const sources = new Map(notebook.cells.map(({ id, source }) => [`cell-${id}`, source]));
  const boxes = [...document.querySelectorAll<HTMLElement>(".cell:is(.code, .work):has(pre.code > code)")];
  const cells = boxes.map((box, index) =>
    new CellView(box, index, sources.get(box.id) ?? "", {
      run: (index) => run([index]),
      edited: ({ box, given, source, isEdited }) => {
        remember(box.id, isEdited ? [given, source] : undefined);
        showButtons();
      },
    })
  );
  /** Takes in the edit that was kept of a cell, if the cell is still what was edited. */
  const takeKept = (id: string) => {
    const cell = cells.find(({ box }) => box.id === id);
    if (!cell) return;
    const [given, source] = kept<[string, string]>(page, id) ?? [cell.given, cell.given];
    if (given === cell.given && source !== cell.source) cell.show(source);
  };

  // ---- Running

  const places = (ids: string[]) => boxes.flatMap(({ id }, at) => ids.includes(id) ? [at] : []);
  let chosen: Chosen = new Map();
  let current: CellView | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const newRunner = () => new Runner(hear, () => stop("It has filled the memory, it seems, and was ended."));
  const run = (asked: number[]) => {
    for (const index of asked) cells[index].openAnswer();
    runner.ask({
      cells: cells.map(({ source, number }) => ({ source, number })),
      values: Object.fromEntries(chosen),
      parameters: places(parameters ? [parameters.block] : [])[0] ?? -1,
      realTime: places(realTime),
      run: asked,
    });
    patience ??= setTimeout(() => stopButton.hidden = false, PATIENCE);
  };
  const hear = (told: Told) => {
    if (told.kind === "idle") return rest();
    const cell = cells[told.cell];
    if (told.kind === "start") {
      current = cell;
      keep(page, "running", cell.name);
    } else if (told.kind === "data") mark(String(told.data["text/plain"]));
    cell.hear(told);
  };
  /** Remembers whether an exercise is green. */
  const mark = (text: string) => {
    const [, sign, exercise] = text.match(/^([✓✗]) Exercise (\d+\.\d+)/) ?? [];
    if (!exercise) return;
    const others = greenOf(page).filter((it) => it !== exercise);
    remember("green", sign === "✓" ? [...others, exercise].sort() : others);
    showChosen();
  };
  const rest = () => {
    runner.rest();
    clearTimeout(patience);
    current = patience = undefined;
    stopButton.hidden = true;
    keep(page, "running", undefined);
  };
  /** Ends the worker; a new one takes over, in which nothing has run. */
  const stop = (sentence: string) => {
    current?.end(sentence);
    rest();
    runner.end();
    runner = newRunner();
  };
  const runAll = () => {
    stop("Stopped.");
    run([...cells.keys()]);
  };

  // ---- Controls

  const controls = new Map<string, Control>();
  const own = new Map(declared.map((it) => [it.name, readValue(it, unquoted(it))]));
  const choose = (name: string, text: string) => {
    try {
      const value: Value = readValue(declared.find((it) => it.name === name)!, text);
      const others = [...chosen].filter(([other]) => other !== name);
      setValues(new Map(String(value) === String(own.get(name)) ? others : [...others, [name, value]]));
    } catch (error) {
      showChosen();
      say((error as Error).message);
    }
  };
  const setValues = (next: Chosen) => {
    chosen = next;
    news = "";
    writeAddress(chosen);
    showChosen();
    run([]);
  };
  const showChosen = () => {
    for (const [name, { show }] of controls) show(chosen.get(name) ?? own.get(name)!);
    const list = (of: Map<string, Value>) =>
      [...chosen.keys()].map((name) => `${name} = ${of.get(name)}`).join(", ");
    values = chosen.size === 0
      ? ""
      : `The outputs are for ${list(chosen)}; the text speaks of the notebook’s own values, ${list(own)}.`;
    const green = greenOf(page);
    const open = exercises.filter((it) => !green.includes(it));
    if (values && open.length > 0) {
      values += ` What needs an exercise that is not solved yet (${
        open.join(", ")
      }) shows what its cell does so far.`;
    }
    say(news);
    showButtons();
  };
  /** Reads the values in the address; one that names a heading says nothing of them. */
  const readValues = () => {
    if (location.hash.length > 1 && !location.hash.includes("=")) return;
    const read = readAddress(location.hash, declared);
    if (JSON.stringify([...read.chosen]) !== JSON.stringify([...chosen])) setValues(read.chosen);
    if (read.refused.length > 0) say(read.refused.join(" "));
  };

  // ---- The bar

  const download = () => {
    const edited = new Map(cells.map(({ box, source }) => [box.id, source]));
    const content = notebook.cells.map((cell) => ({
      ...cell,
      source: edited.get(`cell-${cell.id}`) ?? cell.source,
    }));
    const json = JSON.stringify({ ...notebook, cells: content }, null, 1);
    const href = URL.createObjectURL(new Blob([json], { type: "application/x-ipynb+json" }));
    const name = decodeURIComponent(page.split("/").at(-1)!).replace(/(\.html)?$/, ".ipynb");
    element("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  };
  const resetAll = () => {
    const edited = cells.filter(({ isEdited }) => isEdited);
    for (const cell of edited) cell.edit(cell.given);
    setValues(new Map());
    run(edited.map(({ index }) => index));
  };
  const showButtons = () => {
    resetButton.hidden = chosen.size === 0;
    resetAllButton.hidden = !cells.some(({ isEdited }) => isEdited);
  };
  const runAllButton = button("Run all", "Run all cells, from the start", runAll);
  const stopButton = button("Stop", "Stop the cells that run", () => stop("Stopped."));
  const resetButton = button(
    "Reset values",
    "Reset values of parameters to the notebook’s own",
    () => setValues(new Map()),
  );
  const resetAllButton = button("Reset all", "Reset all cells and values to the notebook’s own", resetAll);
  const downloadButton = button("Download", "Download this page with your edits, as a notebook", download);
  stopButton.hidden = true;

  const place = cells.find(({ box }) => box.id === parameters?.block);
  if (place) {
    for (const it of declared) controls.set(it.name, control(it, (text) => choose(it.name, text)));
    const row = element("div", { class: "controls", role: "group", "aria-label": "Parameters" });
    row.append(...[...controls.values()].map(({ node }) => node));
    place.box.classList.add("has-controls");
    place.box.prepend(row);
  }
  const buttons = [runAllButton, stopButton, resetButton, resetAllButton, downloadButton];
  document.querySelector("footer")!.after(
    element("section", { class: "bar", "aria-label": "Run" }, ...buttons, status),
  );
  document.documentElement.classList.add("alive");

  // ---- Alive

  const interrupted = kept<string>(page, "running");
  let runner = newRunner();
  boxes.forEach(({ id }) => takeKept(id));
  whenKept(page, takeKept);
  showChosen();
  remember("seen", true);
  if (interrupted) {
    keep(page, "running", undefined);
    say(
      `When this page was last open, it ended while ${interrupted} ran. Your edits are here; nothing has run yet.`,
    );
  } else {
    readValues();
    if (cells.some(({ isEdited }) => isEdited)) {
      say(`Your edits are here. Run all, or run the cells you need. ${news}`);
    }
  }
  run([]); // compiles the cells, so that the first move of a control is as quick as the next
  addEventListener("hashchange", readValues);
  addEventListener("pagehide", () => keep(page, "running", undefined));
}
