/** A colour for white paper, and its counterpart for dark pages. */
export type Ink = { readonly light: string; readonly dark: string };

/**
 * The colours of the course, one for each role throughout. They stay distinct with any common colour blindness, and in
 * grey.
 */
export const palette = {
  paper: { light: "#ffffff", dark: "#14171c" },
  text: { light: "#1c2128", dark: "#e6e9ee" },
  quiet: { light: "#5b6470", dark: "#a3adb9" },
  line: { light: "#d5dae1", dark: "#39414c" },
  producer: { light: "#c26a00", dark: "#ffb454" },
  producerPale: { light: "#f9dfbd", dark: "#5b421f" },
  consumer: { light: "#0068a8", dark: "#6cc1f5" },
  consumerPale: { light: "#c8e2f4", dark: "#1d4561" },
  other: { light: "#6a4fa3", dark: "#b9a2ee" },
  otherPale: { light: "#e0d8f2", dark: "#3f3460" },
  bound: { light: "#b3144b", dark: "#ff7aa2" },
} as const satisfies Record<string, Ink>;

/** Returns CSS that swaps each colour for its dark counterpart, in pictures that match `selector`. */
export function darkRules(selector: string): string {
  const rules = Object.values(palette).flatMap(({ light, dark }) => [
    `${selector} [fill="${light}"]{fill:${dark}}`,
    `${selector} [stroke="${light}"]{stroke:${dark}}`,
    `${selector}[color="${light}"]{color:${dark}}`,
  ]);
  return `@media screen and (prefers-color-scheme:dark){${rules.join("")}}`;
}
