/// <reference lib="dom" />
/** The values of a page's parameters, in controls and in the address. @module */
import { readNumber } from "../../common/numbers.ts";
import { isOf, plainly, refusal, type Value } from "../../parameters/type.ts";
import type { LiveParameter } from "./data.ts";
import { element } from "./element.ts";
import { hashTo, ownHash } from "./address.ts";

/** The values of a page's parameters. */
export class Values {
  /** Those that differ from the notebook's own. */
  chosen = new Map<string, Value>();
  /** The controls. */
  readonly row: HTMLElement;
  readonly #controls: Map<string, ReturnType<typeof control>>;
  #step?: string;

  /** Calls `taken` when other values are chosen or some are refused, with sentences on the latter. */
  constructor(declared: LiveParameter[], readonly taken: (refused: string) => void) {
    const make = (it: LiveParameter) =>
      control(it, (text) => this.take([[it.name, text]], new Map(this.chosen)));
    this.#controls = new Map(declared.map((it) => [it.name, make(it)]));
    const nodes = this.#controls.values().map(({ node }) => node);
    this.row = element("div", { class: "controls", role: "group", "aria-label": "Parameters" }, ...nodes);
    this.#show();
  }

  /** The values that the outputs are of, where the text speaks of others. */
  get sentence(): string {
    if (this.chosen.size === 0) return "";
    const list = (valueOf: (name: string) => Value | undefined) =>
      [...this.chosen.keys()].map((name) => `${name} = ${valueOf(name)}`).join(", ");
    const chosen = list((name) => this.chosen.get(name));
    const own = list((name) => this.#controls.get(name)?.own);
    return `The outputs are for ${chosen}; the text speaks of the notebook’s own values, ${own}.`;
  }

  /** The address of the chosen values, and of a step of a replay, if there is one: `#producers=3&seed=7&step=14`. */
  addressOf(step?: string): string {
    const values = [...this.chosen].map(([name, value]) => [name, plainly(value)]);
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
    const isStep = !this.#controls.has("step"); // it may be a parameter
    this.#step = (isStep && given.get("step")) || undefined;
    if (isStep) given.delete("step");
    this.take(given);
    return this.#step;
  }

  /** Takes values as they are typed, beside those that are `chosen`. */
  take(texts: Iterable<[name: string, text: string]>, chosen = new Map<string, Value>()): void {
    const refused: string[] = [];
    for (const [name, text] of texts) {
      try {
        const { own, read } = this.#controls.get(name) ?? this.#unknown(name);
        const value = read(text);
        if (String(value) === String(own)) chosen.delete(name);
        else chosen.set(name, value);
      } catch (error) {
        refused.push((error as Error).message);
      }
    }
    const before = this.addressOf();
    this.chosen = chosen;
    this.#show();
    const isOther = this.addressOf() !== before;
    if (isOther) this.write(this.#step);
    if (isOther || refused.length > 0) this.taken(refused.join(" "));
  }

  #unknown(name: string): never {
    const names = [...this.#controls.keys()].join(", ") || "none";
    const given = JSON.stringify(name.slice(0, 60));
    throw new Error(`The address sets ${given}, and this page has no such parameter. It has ${names}.`);
  }

  #show(): void {
    for (const [name, { own, node, show }] of this.#controls) {
      show(this.chosen.has(name) ? this.chosen.get(name)! : own); // which may be null
      node.classList.toggle("chosen", this.chosen.has(name));
    }
  }
}

/** Makes the control of a parameter; `choose` gets what is typed or moved, and `show` puts a value into it. */
function control({ name, type, help, value }: LiveParameter, choose: (text: string) => void) {
  const { kinds, isList, range: { least = NaN, most = NaN, whole } } = type;
  const attributes = { id: `control-${name}`, "aria-describedby": `help-${name}` };
  const moved = element("span", { "aria-hidden": "true" }); // a slider tells its value itself
  const isSlider = !isList && whole && most - least <= 1000;
  let input: HTMLInputElement | HTMLSelectElement;
  if (!isList && kinds.every((kind) => kind === "boolean")) {
    const choices = [...kinds.length > 0 ? [true, false] : [], ...type.choices];
    input = element("select", attributes, ...choices.map((it) => element("option", {}, String(it))));
  } else if (isSlider) {
    input = element("input", { ...attributes, type: "range", min: least, max: most, step: 1 });
  } else input = element("input", { ...attributes, type: "text", autocomplete: "off", spellcheck: "false" });
  input.addEventListener(isSlider ? "input" : "change", () => choose(input.value));
  const label = element("label", { for: attributes.id }, name);
  const words = element("p", { id: attributes["aria-describedby"] }, help);
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
  return {
    own: read(value),
    read,
    node: element("div", { class: "control" }, label, " ", moved, input, words),
    show(value: Value) {
      input.value = plainly(value);
      moved.textContent = isSlider ? input.value : "";
    },
  };
}
