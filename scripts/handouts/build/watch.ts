import { basename, join } from "node:path";

/** How long nothing may be written before a change counts as done, in milliseconds: editors write a file in steps. */
const quiet = 150;

/**
 * Watches folders and calls `changed` with the paths of the files that were written, once it is quiet there; never
 * twice at a time. Ends when the signal says so, after the last call.
 */
export async function watchFolders(
  folders: Iterable<string>,
  isMeant: (name: string) => boolean,
  changed: (paths: Set<string>) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const real = new Map([...folders].map((folder) => [Deno.realPathSync(folder), folder]));
  const watcher = Deno.watchFs([...real.keys()], { recursive: false });
  const close = () => watcher.close();
  signal.addEventListener("abort", close);
  if (signal.aborted) close();
  let paths = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = Promise.resolve();
  for await (const event of watcher) {
    if (event.kind === "access") continue;
    for (const path of event.paths.filter((path) => isMeant(basename(path)))) {
      const folder = real.get(path.slice(0, -basename(path).length - 1));
      if (folder !== undefined) paths.add(join(folder, basename(path)));
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      const written = paths;
      paths = new Set();
      if (written.size > 0) running = running.then(() => changed(written));
    }, quiet);
  }
  clearTimeout(timer);
  signal.removeEventListener("abort", close);
  await running;
}
