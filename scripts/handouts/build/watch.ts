import { basename, dirname, join } from "node:path";

/** A change counts as done after so many milliseconds without another: editors write a file in steps. */
const quiet = 150;

/**
 * Watches folders and calls `changed` with the paths of the files that were written and are meant, once it is quiet
 * there; never twice at a time. Ends when the signal says so, after the last call.
 */
export async function watchFolders(
  folders: Iterable<string>,
  isMeant: (path: string) => boolean,
  changed: (paths: string[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const real = new Map([...folders].map((folder) => [Deno.realPathSync(folder), folder]));
  const watcher = Deno.watchFs([...real.keys()], { recursive: false });
  const close = () => watcher.close();
  signal.addEventListener("abort", close);
  if (signal.aborted) close();
  const paths = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = Promise.resolve();
  for await (const event of watcher) {
    if (event.kind === "access") continue;
    for (const path of event.paths) paths.add(join(real.get(dirname(path)) ?? dirname(path), basename(path)));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const written = [...paths].filter(isMeant);
      paths.clear();
      if (written.length > 0) running = running.then(() => changed(written));
    }, quiet);
  }
  clearTimeout(timer);
  signal.removeEventListener("abort", close);
  await running;
}
