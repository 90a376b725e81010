/** The Chromium that tests drive, if there is one. @module */

/** The places to look for it. */
export const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The first that is there. */
export async function findChromium(): Promise<string | undefined> {
  for (const path of browsers) {
    if (await Deno.stat(path).then(({ isFile }) => isFile, () => false)) return path;
  }
}
