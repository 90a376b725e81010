/// <reference lib="dom" />
/** The values of a page's parameters, in controls and in the address. @module */
import type { Value } from "../../parameters/type.ts";
import { type Control, control, readValue, textOf, unquoted } from "./controls.ts";
import type { LiveParameter } from "./data.tsx";
import { element } from "./element.ts";
import { hashTo, ownHash } from "./place.ts";

/** The values that differ from the notebook's own. */
type Chosen = Map<string, Value>;

/** Called when other values are chosen, with a sentence where some are refused, and with the step of a replay. */
export interface ValuesEvents {
  changed(): void;
  refused(sentence: string): void;
  step(step: string): void;
}

/** The values of a page's parameters. */
export class Values {
  /** Those that differ from the notebook's own. */
  chosen: Chosen = new Map();
  /** The controls. */
  readonly row = element("div", { class: "controls", role: "group", "aria-label": "Parameters" });
  readonly #controls = new Map<string, Control>();
  readonly #own: Map<string, Value>;
  #step?: string;

  constructor(readonly declared: LiveParameter[], readonly on: ValuesEvents) {
    this.#own = new Map(declared.map((it) => [it.name, readValue(it, unquoted(it))]));
    for (const it of declared) this.#controls.set(it.name, control(it, (text) => this.#choose(it, text)));
    this.row.append(...[...this.#controls.values()].map(({ node }) => node));
    this.#show();
  }

  /** What the outputs are for, where that is not what the text speaks of. */
  get sentence(): string {
    const list = (of: Map<string, Value>) =>
      [...this.chosen.keys()].map((name) => `${name} = ${of.get(name)}`).join(", ");
    if (this.chosen.size === 0) return "";
    return `The outputs are for ${list(this.chosen)}; the text speaks of the notebook’s own values, ${
      list(this.#own)
    }.`;
  }

  set(chosen: Chosen): void {
    this.chosen = chosen;
    this.#write();
    this.#show();
    this.on.changed();
  }

  /** Keeps the step of the replay that is open in the address. */
  keepStep(step: string | undefined): void {
    this.#step = step;
    this.#write();
  }

  /** The address of the chosen values, and of a step of a replay, if there is one: `#producers=3&seed=7&step=14`. */
  addressOf(step?: string): string {
    const values = [...this.chosen].map(([name, value]) => [name, textOf(value)]);
    return hashTo(new URLSearchParams(step ? [...values, ["step", step]] : values).toString());
  }

  /** Writes the address; no step is added to the browser's history. */
  #write(): void {
    const address = this.addressOf(this.#step);
    if (address !== hashTo("") || ownHash().includes("=")) location.replace(address);
  }

  /** Reads the values in the address; one that names a heading says nothing of them. */
  read(): void {
    const hash = ownHash();
    if (hash && !hash.includes("=")) return;
    const chosen: Chosen = new Map();
    const refused: string[] = [];
    this.#step = undefined;
    for (const [name, text] of new URLSearchParams(hash)) {
      const parameter = this.declared.find((it) => it.name === name);
      try {
        if (name === "step" && !parameter) this.#step = text;
        else if (!parameter) throw new Error(this.#unknown(name));
        else {
          const value = readValue(parameter, text);
          if (this.#isOther(name, value)) chosen.set(name, value);
        }
      } catch (error) {
        refused.push((error as Error).message);
      }
    }
    const step = this.#step;
    if (JSON.stringify([...chosen]) !== JSON.stringify([...this.chosen])) this.set(chosen);
    if (refused.length > 0) this.on.refused(refused.join(" "));
    if (step) this.on.step(step);
  }

  #unknown(name: string): string {
    const given = JSON.stringify(name.slice(0, 60));
    const names = this.declared.map((it) => it.name).join(", ") || "none";
    return `The address sets ${given}, and this page has no such parameter. It has ${names}.`;
  }

  #isOther(name: string, value: Value): boolean {
    return String(value) !== String(this.#own.get(name));
  }

  #choose(parameter: LiveParameter, text: string): void {
    const { name } = parameter;
    try {
      const value = readValue(parameter, text);
      const others = [...this.chosen].filter(([other]) => other !== name);
      this.set(new Map(this.#isOther(name, value) ? [...others, [name, value]] : others));
    } catch (error) {
      this.#show();
      this.on.refused((error as Error).message);
    }
  }

  #show(): void {
    for (const [name, { show }] of this.#controls) show(this.chosen.get(name) ?? this.#own.get(name)!);
  }
}
