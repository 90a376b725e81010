/// <reference lib="dom" />
/** Brings the index of a course to life: it marks the pages that one has seen, and searches all of them. @module */
import type { IndexData } from "./data.ts";
import { element } from "./element.ts";
import { search } from "./search.ts";
import { greenOf, kept } from "./storage.ts";
import { nameOf } from "./address.ts";

/** The most hits shown. */
const MOST = 30;

/** Starts the index. */
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
  addEventListener("pageshow", showMarks); // also after going back
  addEventListener("storage", showMarks);
}
