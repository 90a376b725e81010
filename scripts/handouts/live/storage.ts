/// <reference lib="dom" />
/** A page's storage in the browser: its edits, and its green exercises. @module */

/** The key of a page's value. */
export const keyOf = (page: string, what: string) => `course ${page} ${what}`;

/** Stores a value of a page, or removes it if `undefined`. Returns false if the browser stores nothing. */
export function keep(page: string, what: string, value: unknown): boolean {
  try {
    if (value === undefined) localStorage.removeItem(keyOf(page, what));
    else localStorage.setItem(keyOf(page, what), JSON.stringify(value));
    return true;
  } catch {
    return false; // its storage is full or blocked
  }
}

/** Returns a value of a page, if it was stored. */
export function kept<T>(page: string, what: string): T | undefined {
  try {
    return JSON.parse(localStorage.getItem(keyOf(page, what)) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Returns the exercises of a page whose checks are green. */
export const greenOf = (page: string): string[] => kept(page, "green") ?? [];
