/// <reference lib="dom" />
/** Controls for a notebook's parameters. @module */
import { readNumber } from "../../common/numbers.ts";
import { isOf, typeInWords, type Value } from "../../parameters/type.ts";
import type { LiveParameter } from "./data.tsx";
import { element } from "./element.ts";

/** The value that a text means. Throws a sentence that says what is allowed. */
export function readValue({ name, type }: LiveParameter, text: string): Value {
  for (const reading of [readNumber(text), literalOf(text), text]) if (isOf(reading, type)) return reading;
  const given = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  throw new Error(`Cannot set ${name} to ${JSON.stringify(given)}: give ${typeInWords(type)}.`);
}

function literalOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value as one would type it. */
export const textOf = (value: Value) => Array.isArray(value) ? JSON.stringify(value) : String(value);

/** The notebook's own value, as one would type it. */
export function unquoted({ value }: LiveParameter): string {
  return /^["']/.test(value) ? value.slice(1, -1) : value;
}

/** A control; `show` puts a value into it. */
export interface Control {
  node: HTMLElement;
  show(value: Value): void;
}

/** Makes the control of a parameter; `choose` gets what is typed or moved. */
export function control(parameter: LiveParameter, choose: (text: string) => void): Control {
  const { name, type: { kinds, choices, range, isList }, help } = parameter;
  const { least = NaN, most = NaN, whole } = range;
  const moved = element("span", { "aria-hidden": "true" }); // a slider tells its value itself
  const attributes = { id: `control-${name}`, "aria-describedby": `help-${name}` };
  let input: HTMLInputElement | HTMLSelectElement;
  const steps = whole ? most - least : NaN;
  if (!isList && kinds.length === 0) {
    input = element("select", attributes, ...choices.map((it) => element("option", {}, String(it))));
  } else if (!isList && kinds.length === 1 && kinds[0] === "boolean" && choices.length === 0) {
    input = element("input", { ...attributes, type: "checkbox" });
  } else if (!isList && steps <= 1000) {
    input = element("input", { ...attributes, type: "range", min: least, max: most, step: 1 });
  } else input = element("input", { ...attributes, type: "text", autocomplete: "off", spellcheck: "false" });
  const isBox = input.type === "checkbox";
  input.addEventListener(input.type === "text" ? "change" : "input", () => {
    choose(isBox ? String((input as HTMLInputElement).checked) : input.value);
  });
  const label = element("label", { for: attributes.id }, name);
  return {
    node: element(
      "div",
      { class: "control" },
      label,
      ...input.type === "range" ? [moved] : [],
      input,
      element("p", { id: attributes["aria-describedby"] }, help),
    ),
    show(value) {
      if (isBox) (input as HTMLInputElement).checked = value === true;
      else input.value = textOf(value);
      moved.textContent = textOf(value);
    },
  };
}
