/// <reference lib="dom" />
/** Makes the first page of a course alive: it shows where one has been, and searches all pages. @module */
import type { IndexData } from "./data.ts";
import { element } from "./element.ts";
import { search } from "./search.ts";
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
    const words = input.value.match(/\S+/g);
    const hits = words ? search(sections, words) : [];
    const rest = hits.length > MOST ? `, the first ${MOST} shown` : "";
    count.textContent = words ? `${hits.length} found${rest}` : "";
    found.replaceChildren(
      ...hits.slice(0, MOST).map(({ page, id, excerpt }) => {
        const href = `${links[page].href}${links[page].hash ? "/" : "#"}${id}`;
        return element("li", {}, `${links[page].textContent}: `, element("a", { href }, excerpt));
      }),
    );
  });
  const label = element("label", { for: "search" }, "Search all pages ");
  const form = element("div", { class: "search", role: "search" }, label, input, count, found);
  document.querySelector(".course")!.before(form);
  document.documentElement.classList.add("alive");
  showMarks();
  addEventListener("pageshow", showMarks); // also when one comes back
  addEventListener("storage", showMarks);
}
