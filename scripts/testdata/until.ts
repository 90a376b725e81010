import assert from "node:assert/strict";

/** Waits until something is so, for a minute at the most. */
export async function until(isSo: () => unknown): Promise<void> {
  for (const end = performance.now() + 60_000; !await isSo();) {
    assert(performance.now() < end, "it did not happen within a minute");
    await new Promise((go) => setTimeout(go, 20));
  }
}
