/** The browsers that tests drive, if they are there. @module */

/** The places to look for them. */
export const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
export const firefoxes = ["/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** The first Chromium that is there. */
export const findChromium = () => firstOf(browsers);

/** The first Firefox that is there. */
export const findFirefox = () => firstOf(firefoxes);

async function firstOf(paths: string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await Deno.stat(path).then(({ isFile }) => isFile, () => false)) return path;
  }
}
