/// <reference lib="dom" />
/** The browser's memory of a page: edits, and which exercises are green. @module */

/** The key under which something of a page is kept. */
export const keyOf = (page: string, what: string) => `course ${page} ${what}`;

/** Keeps a value of a page, or with `undefined` forgets it. Returns false where the browser keeps nothing. */
export function keep(page: string, what: string, value: unknown): boolean {
  try {
    if (value === undefined) localStorage.removeItem(keyOf(page, what));
    else localStorage.setItem(keyOf(page, what), JSON.stringify(value));
    return true;
  } catch {
    return false; // its storage is full or forbidden
  }
}

/** The value that was kept; undefined where there is none. */
export function kept<T>(page: string, what: string): T | undefined {
  try {
    return JSON.parse(localStorage.getItem(keyOf(page, what)) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** The exercises of a page whose checks are green. */
export const greenOf = (page: string): string[] => kept(page, "green") ?? [];
