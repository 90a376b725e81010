import { basename } from "node:path";

/** A change counts as done after so many milliseconds without another: editors write a file in steps. */
const quiet = 150;

/**
 * Watches folders and calls `changed` with the names of the notebooks that were written, once it is quiet there; never
 * twice at a time. Ends when the signal says so, after the last call.
 */
export async function watchFolders(
  folders: Iterable<string>,
  changed: (names: string[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const watcher = Deno.watchFs([...folders], { recursive: false });
  signal.addEventListener("abort", () => watcher.close(), { once: true });
  const names = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = Promise.resolve();
  for await (const { kind, paths } of watcher) {
    if (kind === "access") continue;
    for (const path of paths) if (path.endsWith(".ipynb")) names.add(basename(path));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const written = [...names];
      names.clear();
      if (written.length > 0) running = running.then(() => changed(written));
    }, quiet);
  }
  clearTimeout(timer);
  await running;
}
