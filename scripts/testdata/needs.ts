/** Tests that need what may not be there. @module */
import { tslab } from "../kernel/tslab.ts";
import { messageOf } from "../common/errors.ts";
import { findNats } from "../run/nats.ts";
import { browsers, findChromium, findFirefox, firefoxes } from "./chromium.ts";

/** A test that is skipped where something is missing; its name says what. */
export function testWith(
  missing: string | undefined,
  name: string,
  fn: () => void | Promise<void>,
  options: Pick<Deno.TestDefinition, "sanitizeOps" | "sanitizeResources"> = {},
): void {
  const skipped = missing === undefined ? "" : ` (skipped: ${missing})`;
  Deno.test({ ...options, name: name + skipped, ignore: missing !== undefined, fn });
}

/** Why nothing can run under tslab; undefined where it can. Throws where it could, if lib could be built for it. */
export const noTslab: Promise<string | undefined> = Promise.resolve(tslab.prepare?.())
  .then(() => undefined, (error) => {
    const [why] = messageOf(error).split("\n");
    if (why.startsWith("Cannot build")) throw error;
    return why;
  });

/** Why no folder can be closed to us; undefined where one can. */
export const noPermissions = Deno.build.os === "windows"
  ? "Windows knows no such permissions"
  : Deno.uid() === 0
  ? "nobody keeps root from writing"
  : undefined;

/** Why nothing can be shown in a browser; undefined where it can. */
export const noChromium: Promise<string | undefined> = findChromium()
  .then((path) => path ? undefined : `no Chromium was found (${browsers.join(", ")})`);

/** Why nothing can be shown in Firefox; undefined where it can. */
export const noFirefox: Promise<string | undefined> = findFirefox()
  .then((path) => path ? undefined : `no Firefox was found (${firefoxes.join(", ")})`);

/** Why no NATS server can be started; undefined where one can. */
export const noNats: Promise<string | undefined> = findNats()
  .then((program) => program ? undefined : "no nats-server was found");
