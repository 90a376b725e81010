/** A change counts as done after so many milliseconds without another: editors write a file in steps. */
const quiet = 150;

/**
 * Watches folders and calls `changed` when notebooks in them were written, once it is quiet there; never twice at a time.
 * Ends when the signal says so, after the last call.
 */
export async function watchFolders(
  folders: Iterable<string>,
  changed: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const watcher = Deno.watchFs([...folders], { recursive: false });
  signal.addEventListener("abort", () => watcher.close(), { once: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = Promise.resolve();
  for await (const { kind, paths } of watcher) {
    if (kind === "access" || !paths.some((path) => path.endsWith(".ipynb"))) continue;
    clearTimeout(timer);
    timer = setTimeout(() => running = running.then(changed), quiet);
  }
  clearTimeout(timer);
  await running;
}
