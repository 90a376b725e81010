/// <reference lib="dom" />
/** The page that is shown, and its part of the address, which starts with `#PAGE/` in a single-file course. @module */

const pages = [...document.querySelectorAll<HTMLElement>("body > article")];
const named = () => pages.find(({ id }) => id === location.hash.slice(1).split("/")[0]) ?? pages[0];
/** The page that is shown; undefined in a file of only one. */
const shown: HTMLElement | undefined = named();
const start = shown ? `#${shown.id}/` : "#";

/** Returns the name of the page that a link leads to. */
export const nameOf = (path: string, hash: string): string => (path + hash).replace(/[#/]$/, "");

/** The page's name in the browser's storage. */
export const ownName = nameOf(location.pathname, start);

/** The page's part of the address. */
export const ownHash = (): string => location.hash.slice(start.length);

/** The address of a place in the page. */
export const hashTo = (place: string): string => start + place;

/**
 * Shows the page that the address names. Going to another one reloads the file, as if it were another file. The first page
 * prints all of them.
 */
export function showPage(): void {
  if (!shown) return;
  const textOf = (page: HTMLElement) => page.querySelector("noscript")!; // with scripts on, its content is text
  const put = (page: HTMLElement) => page.insertAdjacentHTML("beforeend", textOf(page).textContent);
  const clear = (page: HTMLElement) => page.replaceChildren(textOf(page));
  pages.forEach(clear); // a saved file contains the page that was shown
  put(shown);
  document.title = shown.getAttribute("aria-label")!;
  if (history.scrollRestoration === "manual" && location.hash) {
    addEventListener("load", () =>
      setTimeout(() => { // after the browser's own scrolling
        location.replace(location.hash); // scrolls to it
        history.scrollRestoration = "auto";
      }));
  }
  addEventListener("hashchange", (event) => {
    if (named() === shown) return;
    event.stopImmediatePropagation(); // the address has no values of this page
    history.scrollRestoration = "manual";
    location.reload();
  });
  if (shown !== pages[0]) return;
  addEventListener("beforeprint", () => pages.slice(1).forEach(put));
  addEventListener("afterprint", () => pages.slice(1).forEach(clear));
}
