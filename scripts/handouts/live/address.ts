/// <reference lib="dom" />
/** The page that is shown, and its part of the address: in one file of a whole course, `#PAGE/` stands in front. @module */

const pages = [...document.querySelectorAll<HTMLElement>("body > article")];
const named = () => pages.find(({ id }) => id === location.hash.slice(1).split("/")[0]) ?? pages[0];
/** The page that is shown of several; undefined in a file of one. */
const shown: HTMLElement | undefined = named();
const start = shown ? `#${shown.id}/` : "#";

/** The name of the page that a link leads to. */
export const nameOf = (path: string, hash: string): string => (path + hash).replace(/[#/]$/, "");

/** The page's name among all that the browser keeps. */
export const ownName = nameOf(location.pathname, start);

/** The page's part of the address. */
export const ownHash = (): string => location.hash.slice(start.length);

/** The address of a place in the page. */
export const hashTo = (place: string): string => start + place;

/**
 * Puts the page that the address names into the document. For another one the file is loaded anew, as another file would be.
 * With the first page, all are printed.
 */
export function showPage(): void {
  if (!shown) return;
  const textOf = (page: HTMLElement) => page.querySelector("noscript")!; // where there are scripts, it is no markup
  const put = (page: HTMLElement) => page.insertAdjacentHTML("beforeend", textOf(page).textContent);
  const clear = (page: HTMLElement) => page.replaceChildren(textOf(page));
  pages.forEach(clear); // a browser saves what was put there
  put(shown);
  document.title = shown.getAttribute("aria-label")!;
  if (history.scrollRestoration === "manual" && location.hash) {
    addEventListener("load", () =>
      setTimeout(() => { // after what a browser does upon loading
        location.replace(location.hash); // scrolls to it
        history.scrollRestoration = "auto";
      }));
  }
  addEventListener("hashchange", (event) => {
    if (named() === shown) return;
    event.stopImmediatePropagation(); // it says nothing of this page's values
    history.scrollRestoration = "manual";
    location.reload();
  });
  if (shown !== pages[0]) return;
  addEventListener("beforeprint", () => pages.slice(1).forEach(put));
  addEventListener("afterprint", () => pages.slice(1).forEach(clear));
}
