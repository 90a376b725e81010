/// <reference lib="dom" />
/** Makes the first page of a course alive: it shows where one has been, and searches all pages. @module */
import type { IndexData } from "./data.tsx";
import { element } from "./element.ts";
import { greenOf, kept } from "./kept.ts";
import { nameOf } from "./place.ts";

/** So many places are shown at the most. */
const MOST = 30;

/** Makes the index alive. */
export function startIndex({ exercises, sections }: IndexData): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".course h2 a")];
  const marks = links.map((link) => {
    const mark = element("p", { class: "seen" });
    link.parentElement!.after(mark);
    return mark;
  });
  const showMarks = () =>
    links.forEach((link, at) => {
      const page = nameOf(link.pathname, link.hash);
      const green = greenOf(page).filter((it) => exercises[at].includes(it));
      marks[at].textContent = [
        ...kept(page, "seen") ? ["You have been here."] : [],
        ...green.length > 0
          ? [`✓ Solved ${green.length} of ${exercises[at].length}: ${green.join(", ")}.`]
          : [],
      ].join(" ");
    });

  const input = element("input", { type: "search", id: "search", autocomplete: "off" });
  const count = element("p", { role: "status" });
  const found = element("ul", {});
  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = words.length === 0 ? [] : sections.filter(({ text }) => {
      const low = text.toLowerCase();
      return words.every((word) => low.includes(word));
    });
    count.textContent = words.length === 0 ? "" : `${hits.length} found`;
    found.replaceChildren(
      ...hits.slice(0, MOST).map(({ page, id, text }) => {
        const at = Math.max(0, text.toLowerCase().indexOf(words[0]) - 40);
        const start = at > 0 ? `…${text.slice(at).replace(/^\S*\s/, "")}` : text;
        const href = `${links[page].href}${links[page].hash ? "/" : "#"}${id}`;
        const link = element("a", { href }, start.slice(0, 120));
        return element("li", {}, `${links[page].textContent}: `, link);
      }),
    );
  };
  input.addEventListener("input", search);
  const form = element("div", { class: "search", role: "search" });
  form.append(element("label", { for: "search" }, "Search all pages"), input, count, found);
  document.querySelector(".course")!.before(form);
  document.documentElement.classList.add("alive");
  showMarks();
  addEventListener("pageshow", showMarks); // also when one comes back
  addEventListener("storage", showMarks);
}
