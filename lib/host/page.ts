import { type Broadcast, displayBy, type Host, listenForUnhandled } from "./host.ts";
import { terminal } from "./terminal.ts";

/** A worker of a web page (scripts/handouts/live), if this is it. Stop ends the worker, and a new one takes over. */
export function page(): Host | undefined {
  const worker = (globalThis as { [name: symbol]: { broadcast: Broadcast } | undefined })[
    Symbol.for("course.page")
  ];
  return worker && {
    ...terminal,
    display: displayBy(worker.broadcast),
    // A page that was opened from a disk has no memory to wait on.
    blockThread(milliseconds) {
      const end = performance.now() + milliseconds;
      while (performance.now() < end);
    },
    onUnhandled: listenForUnhandled(),
  };
}
