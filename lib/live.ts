import { type Showable, showReplaceable } from "./display.ts";

/** How long a picture stands at least, in milliseconds. */
const PERIOD = 100;

/**
 * Shows a picture that is drawn anew while time passes, ten times a second at the most.
 *
 * @param draw draws it as it is now
 * @param instant whether no time passes, so that only the last one counts
 * @returns what draws the last one; call it once
 */
export async function live(draw: () => Showable, instant: boolean): Promise<() => Promise<void>> {
  const replace = await showReplaceable(draw());
  let drawn: Promise<void> | undefined;
  const timer = instant ? undefined : setInterval(() => {
    drawn ??= Promise.resolve(draw()).then(replace).finally(() => drawn = undefined);
  }, PERIOD);
  return async () => {
    clearInterval(timer);
    await drawn;
    await replace(draw());
  };
}
