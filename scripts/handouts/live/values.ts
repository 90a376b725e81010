/// <reference lib="dom" />
/** The values of a page's parameters, in controls and in the address. @module */
import { readNumber } from "../../common/numbers.ts";
import { isOf, plainly, refusal, type Value } from "../../parameters/type.ts";
import type { LiveParameter } from "./data.ts";
import { element } from "./element.ts";
import { hashTo, ownHash } from "./address.ts";

/** The page of the values. */
export interface ValuesPage {
  say(sentence: string): void;
  /** Other values are chosen. */
  chosen(): void;
  /** The address names a step of a replay. */
  step(step: string): void;
}

/** The values of a page's parameters. */
export class Values {
  /** Those that differ from the notebook's own. */
  chosen = new Map<string, Value>();
  /** The controls. */
  readonly row: HTMLElement;
  readonly #controls: ReturnType<typeof control>[];
  readonly #own: Map<string, Value>;
  #step?: string;

  constructor(readonly declared: LiveParameter[], readonly page: ValuesPage) {
    this.#own = new Map(declared.map((it) => [it.name, readValue(it, it.value)]));
    this.#controls = declared.map((it) =>
      control(it, (text) => this.#take(new Map(this.chosen), [[it.name, text]]))
    );
    const nodes = this.#controls.map(({ node }) => node);
    this.row = element("div", { class: "controls", role: "group", "aria-label": "Parameters" }, ...nodes);
    this.#show();
  }

  /** The values that the outputs are of, where the text speaks of others. */
  get sentence(): string {
    const list = (of: Map<string, Value>) =>
      [...this.chosen.keys()].map((name) => `${name} = ${of.get(name)}`).join(", ");
    if (this.chosen.size === 0) return "";
    const own = `the text speaks of the notebook’s own values, ${list(this.#own)}`;
    return `The outputs are for ${list(this.chosen)}; ${own}.`;
  }

  set(chosen: Map<string, Value>): void {
    const isOther = JSON.stringify([...chosen]) !== JSON.stringify([...this.chosen]);
    this.chosen = chosen;
    this.#show();
    if (!isOther) return;
    this.write(this.#step);
    this.page.chosen();
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

  /** Reads the values in the address; one that names a heading says nothing of them. */
  read(): void {
    const hash = ownHash();
    if (hash && !hash.includes("=")) return;
    const all = [...new URLSearchParams(hash)];
    const isStep = ([name]: [string, string]) => name === "step" && !this.#own.has(name);
    const step = this.#step = all.find(isStep)?.[1];
    this.#take(new Map(), all.filter((it) => !isStep(it)));
    if (step) this.page.step(step);
  }

  /** Takes values as they are typed, beside those that are chosen. */
  #take(chosen: Map<string, Value>, texts: [name: string, text: string][]): void {
    const refused: string[] = [];
    for (const [name, text] of texts) {
      try {
        const value = readValue(this.#parameter(name), text);
        if (String(value) === String(this.#own.get(name))) chosen.delete(name);
        else chosen.set(name, value);
      } catch (error) {
        refused.push((error as Error).message);
      }
    }
    this.set(chosen);
    if (refused.length > 0) this.page.say(refused.join(" "));
  }

  #parameter(name: string): LiveParameter {
    const found = this.declared.find((it) => it.name === name);
    if (found) return found;
    const names = [...this.#own.keys()].join(", ") || "none";
    const given = JSON.stringify(name.slice(0, 60));
    throw new Error(`The address sets ${given}, and this page has no such parameter. It has ${names}.`);
  }

  #show(): void {
    for (const { name, node, show } of this.#controls) {
      show(this.chosen.get(name) ?? this.#own.get(name)!);
      node.classList.toggle("chosen", this.chosen.has(name));
    }
  }
}

/** The value that a text means. Throws a sentence that says what is allowed. */
function readValue({ name, type }: LiveParameter, text: string): Value {
  for (const read of [readNumber, JSON.parse, String]) {
    try {
      const value = read(text);
      if (isOf(value, type)) return value;
    } catch { /* it is no JSON */ }
  }
  throw new Error(refusal(name, text, type));
}

/** Makes the control of a parameter; `choose` gets what is typed or moved, and `show` puts a value into it. */
function control({ name, type, help }: LiveParameter, choose: (text: string) => void) {
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
  return {
    name,
    node: element("div", { class: "control" }, label, moved, input, words),
    show(value: Value) {
      input.value = plainly(value);
      moved.textContent = isSlider ? input.value : "";
    },
  };
}
