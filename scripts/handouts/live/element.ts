/// <reference lib="dom" />

/** Makes an element of the page. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | number>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** Makes a button; with `when`, one that is there while something of this class is. */
export function button(text: string, label: string, press: () => void, when = "always"): HTMLButtonElement {
  const made = element("button", { type: "button", "aria-label": label, class: `when-${when}` }, text);
  made.addEventListener("click", press);
  return made;
}
