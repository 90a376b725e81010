/// <reference lib="dom" />
/** Makes the first page of a course alive: it shows where one has been, and searches all pages. @module */
import type { IndexData } from "./data.ts";
import { element } from "./element.ts";
import { greenOf, kept } from "./storage.ts";
import { nameOf } from "./address.ts";

/** So many places are shown at the most. */
const MOST = 30;

/** Makes the index alive. */
export function startIndex({ exercises, sections }: IndexData): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".course h2 a")];
  const marks = links.map((link) =>
    link.parentElement!.insertAdjacentElement("afterend", element("p", { class: "seen" }))!
  );
  const showMarks = () =>
    links.forEach((link, at) => {
      const page = nameOf(link.pathname, link.hash);
      const green = greenOf(page).filter((it) => exercises[at].includes(it));
      const seen = kept(page, "seen") ? "You have been here." : "";
      const solved = `✓ Solved ${green.length} of ${exercises[at].length}: ${green.join(", ")}.`;
      marks[at].textContent = `${seen} ${green.length > 0 ? solved : ""}`.trim();
    });

  const input = element("input", { type: "search", id: "search", autocomplete: "off" });
  const count = element("p", { role: "status" });
  const found = element("ul", {});
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = sections.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
    count.textContent = words.length === 0 ? "" : `${hits.length} found`;
    const shown = words.length === 0 ? [] : hits.slice(0, MOST);
    found.replaceChildren(...shown.map(({ page, id, text }) => {
      const at = Math.max(0, text.toLowerCase().indexOf(words[0]) - 40);
      const start = at > 0 ? `…${text.slice(at).replace(/^\S*\s/, "")}` : text;
      const href = `${links[page].href}${links[page].hash ? "/" : "#"}${id}`;
      return element("li", {}, `${links[page].textContent}: `, element("a", { href }, start.slice(0, 120)));
    }));
  });
  const label = element("label", { for: "search" }, "Search all pages ");
  const form = element("div", { class: "search", role: "search" }, label, input, count, found);
  document.querySelector(".course")!.before(form);
  document.documentElement.classList.add("alive");
  showMarks();
  addEventListener("pageshow", showMarks); // also when one comes back
  addEventListener("storage", showMarks);
}
