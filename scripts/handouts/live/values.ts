/// <reference lib="dom" />
/** The values of a page's parameters, in controls and in the address. @module */
import { readNumber } from "../../common/numbers.ts";
import { isOf, plainly, refusal, type Value } from "../../parameters/type.ts";
import type { LiveParameter } from "./data.ts";
import { element } from "./element.ts";
import { hashTo, ownHash } from "./address.ts";

/** The values of a page's parameters. */
export class Values {
  /** The controls' element. */
  readonly row: HTMLElement;
  readonly #controls: ReturnType<typeof control>[];
  #step?: string;

  /** Calls `taken` when other values are chosen or some are refused, with sentences on the latter. */
  constructor(declared: LiveParameter[], readonly taken: (refused: string) => void) {
    this.#controls = declared.map((it) => control(it, (text) => this.take([[it.name, text]], true)));
    const nodes = this.#controls.map(({ node }) => node);
    this.row = element("div", { class: "controls", role: "group", "aria-label": "Parameters" }, ...nodes);
  }

  /** Those that differ from the notebook's own. */
  get chosen(): { name: string; value: Value; own: Value }[] {
    return this.#controls.filter(({ value, own }) => String(value) !== String(own));
  }

  /** The values that the outputs are of, where the text speaks of others. */
  get sentence(): string {
    const list = (which: "value" | "own") => this.chosen.map((it) => `${it.name} = ${it[which]}`).join(", ");
    const own = `the text speaks of the notebook’s own values, ${list("own")}`;
    return this.chosen.length > 0 ? `The outputs are for ${list("value")}; ${own}.` : "";
  }

  /** The address of the chosen values, and of a step of a replay, if there is one: `#producers=3&seed=7&step=14`. */
  addressOf(step?: string): string {
    const values = this.chosen.map(({ name, value }) => [name, plainly(value)]);
    return hashTo(new URLSearchParams(step ? [...values, ["step", step]] : values).toString());
  }

  /** Writes the address, with the step of the replay that is open; nothing is added to the browser's history. */
  write(step: string | undefined): void {
    this.#step = step;
    const address = this.addressOf(step);
    if (address !== hashTo("") || ownHash().includes("=")) location.replace(address);
  }

  /**
   * Takes the values in the address, and returns the step of a replay that stands there; an address that names a heading
   * says nothing of them.
   */
  read(): string | undefined {
    const hash = ownHash();
    if (hash && !hash.includes("=")) return;
    const given = new URLSearchParams(hash);
    const isStep = !this.#controls.some(({ name }) => name === "step"); // it may be a parameter
    this.#step = (isStep && given.get("step")) || undefined;
    if (isStep) given.delete("step");
    this.take(given);
    return this.#step;
  }

  /** Takes values as they are typed, and the notebook's own of the others, unless they `keep` those that they have. */
  take(texts: Iterable<[name: string, text: string]>, keep = false): void {
    const before = this.addressOf();
    const refused: string[] = [];
    for (const it of keep ? [] : this.#controls) it.value = it.own;
    for (const [name, text] of texts) {
      try {
        const control = this.#controls.find((it) => it.name === name) ?? this.#unknown(name);
        control.value = control.read(text);
      } catch (error) {
        refused.push((error as Error).message);
      }
    }
    for (const it of this.#controls) it.show();
    const isOther = this.addressOf() !== before;
    if (isOther) this.write(this.#step);
    if (isOther || refused.length > 0) this.taken(refused.join(" "));
  }

  #unknown(name: string): never {
    const names = this.#controls.map(({ name }) => name).join(", ") || "none";
    const given = JSON.stringify(name.slice(0, 60));
    throw new Error(`The address sets ${given}, and this page has no such parameter. It has ${names}.`);
  }
}

/** Makes the control of a parameter, with its value; `choose` gets what is typed or moved. */
function control(parameter: LiveParameter, choose: (text: string) => void) {
  const { name, type, help, value } = parameter;
  const inputs = inputsOf(parameter);
  for (const input of inputs) {
    input.addEventListener(input.type === "range" ? "input" : "change", () => choose(input.value));
  }
  /** The value that a text means. Throws a sentence that says what is allowed. */
  const read = (text: string): Value => {
    for (const read of [readNumber, JSON.parse, String]) {
      try {
        const value = read(text);
        if (isOf(value, type)) return value;
      } catch { /* it is no JSON */ }
    }
    throw new Error(refusal(name, text, type));
  };
  const own = read(value);
  const label = element("label", { for: inputs[0].id }, name);
  const words = element("p", { id: `help-${name}` }, help);
  const node = element("div", { class: "control" }, label, ...inputs, words);
  const made = { name, own, value: own, read, node, show };
  function show(): void {
    for (const input of inputs) input.value = plainly(made.value);
    node.classList.toggle("chosen", String(made.value) !== String(own));
  }
  show();
  return made;
}

/** Makes the inputs of a parameter, each of which shows and sets its value; a slider has a field for an exact one. */
function inputsOf({ name, type }: LiveParameter) {
  const { kinds, choices, isList, range: { least = NaN, most = NaN, whole } } = type;
  const attributes = { id: `control-${name}`, "aria-describedby": `help-${name}` };
  if (!isList && kinds.every((kind) => kind === "boolean")) {
    const all = [...kinds.length > 0 ? [true, false] : [], ...choices];
    return [element("select", attributes, ...all.map((it) => element("option", {}, String(it))))];
  }
  if (!isList && choices.length === 0 && whole && most - least <= 1000) {
    const bounds = { ...attributes, min: least, max: most, step: 1 };
    const slider = { ...bounds, id: `slider-${name}`, type: "range", "aria-label": name };
    return [element("input", { ...bounds, type: "number" }), element("input", slider)];
  }
  return [element("input", { ...attributes, type: "text", autocomplete: "off", spellcheck: "false" })];
}
