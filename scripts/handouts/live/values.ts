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

  /** @param taken called when values have changed or were refused, with a sentence for each refusal */
  constructor(declared: LiveParameter[], readonly taken: (refused: string) => void) {
    this.#controls = declared.map((it) => control(it, (text) => this.take([[it.name, text]], true)));
    const nodes = this.#controls.map(({ node }) => node);
    this.row = element("div", { class: "controls", role: "group", "aria-label": "Parameters" }, ...nodes);
  }

  /** The values that differ from the notebook's own. */
  get chosen(): { name: string; value: Value; own: Value }[] {
    return this.#controls.filter(({ value, own }) => String(value) !== String(own));
  }

  /** A sentence on the values of the outputs, if the text speaks of others. */
  get sentence(): string {
    const list = (which: "value" | "own") => this.chosen.map((it) => `${it.name} = ${it[which]}`).join(", ");
    const own = `the text speaks of the notebook’s own values, ${list("own")}`;
    return this.chosen.length > 0 ? `The outputs are for ${list("value")}; ${own}.` : "";
  }

  /** Returns the address of the chosen values and of a replay's step, if given: `#producers=3&seed=7&step=14`. */
  addressOf(step?: string): string {
    const values = this.chosen.map(({ name, value }) => [name, plainly(value)]);
    return hashTo(new URLSearchParams(step ? [...values, ["step", step]] : values).toString());
  }

  /** Writes the address, with the step of the open replay, without an entry in the browser's history. */
  write(step: string | undefined): void {
    this.#step = step;
    const address = this.addressOf(step);
    if (address !== hashTo("") || ownHash().includes("=")) location.replace(address);
  }

  /**
   * Takes the values from the address, and returns its step of a replay, if any. An address that names a heading changes
   * nothing.
   */
  read(): string | undefined {
    const hash = ownHash();
    if (hash && !hash.includes("=")) return;
    const given = new URLSearchParams(hash);
    const isStep = !this.#controls.some(({ name }) => name === "step"); // unless it is a parameter
    this.#step = (isStep && given.get("step")) || undefined;
    if (isStep) given.delete("step");
    this.take(given);
    return this.#step;
  }

  /** Takes values as typed. The other parameters go back to the notebook's own values, or `keep` theirs. */
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

/** Makes the control of a parameter; `choose` is called with what is typed or picked. */
function control(parameter: LiveParameter, choose: (text: string) => void) {
  const { name, type, help, value } = parameter;
  const inputs = inputsOf(parameter);
  for (const input of inputs) {
    input.addEventListener(input.type === "range" ? "input" : "change", () => choose(input.value));
  }
  /** Reads a value from text. The error says which values are allowed. */
  const read = (text: string): Value => {
    for (const read of [readNumber, JSON.parse, String]) {
      try {
        const value = read(text);
        if (isOf(value, type)) return value;
      } catch { /* not JSON */ }
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

/** Makes the inputs that show and set a parameter's value: with a slider comes a field for exact numbers. */
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
