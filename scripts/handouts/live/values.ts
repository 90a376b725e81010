/// <reference lib="dom" />
/** The values of a page's parameters, in controls and in the address. @module */
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
import type { LiveParameter } from "./data.tsx";
import { element } from "./element.ts";

/** Called when other values are chosen, and with a sentence where some are refused. */
export interface ValuesEvents {
  changed(): void;
  refused(sentence: string): void;
}

/** The values of a page's parameters. */
export class Values {
  /** Those that differ from the notebook's own. */
  chosen: Chosen = new Map();
  /** The controls. */
  readonly row = element("div", { class: "controls", role: "group", "aria-label": "Parameters" });
  readonly #controls = new Map<string, Control>();
  readonly #own: Map<string, Value>;

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
    writeAddress(chosen);
    this.#show();
    this.on.changed();
  }

  /** Reads the values in the address; one that names a heading says nothing of them. */
  read(): void {
    if (location.hash.length > 1 && !location.hash.includes("=")) return;
    const { chosen, refused } = readAddress(location.hash, this.declared);
    if (JSON.stringify([...chosen]) !== JSON.stringify([...this.chosen])) this.set(chosen);
    if (refused.length > 0) this.on.refused(refused.join(" "));
  }

  #choose(parameter: LiveParameter, text: string): void {
    const { name } = parameter;
    try {
      const value = readValue(parameter, text);
      const others = [...this.chosen].filter(([other]) => other !== name);
      this.set(new Map(String(value) === String(this.#own.get(name)) ? others : [...others, [name, value]]));
    } catch (error) {
      this.#show();
      this.on.refused((error as Error).message);
    }
  }

  #show(): void {
    for (const [name, { show }] of this.#controls) show(this.chosen.get(name) ?? this.#own.get(name)!);
  }
}
