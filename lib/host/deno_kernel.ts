import { gatherLines, settle } from "./deno_output.ts";
import { stopButton } from "./deno_stop.ts";
import { type Broadcast, displayBy, type Host, tellUnhandled } from "./host.ts";
import { terminal } from "./terminal.ts";

const warn = (sentence: string) => console.warn(`Warning: ${sentence}`);

/** Returns Deno's kernel, if this is it. It says nothing of unhandled failures; outside of a run they are printed. */
export function denoKernel(): Host | undefined {
  const jupyter = jupyterOfDeno();
  if (!jupyter) return undefined;
  const broadcast: Broadcast = async (type, content) => {
    await null; // sent in a timer's callback, a message makes the kernel stand still, for up to half a minute
    await jupyter.broadcast(type, content);
  };
  let tellNow = warn;
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    tellUnhandled(event.reason, tellNow);
  });
  return {
    ...terminal,
    display: displayBy(broadcast),
    settle,
    // A blocked thread does not hold up lines that go the kernel's own way: so where time passes, they do.
    gatherLines: (atOnce) => atOnce ? gatherLines(broadcast) : settle,
    ...stopButton(),
    onUnhandled(tell) {
      tellNow = tell;
      return () => tellNow = warn;
    },
  };
}

function jupyterOfDeno(): { broadcast: Broadcast } | undefined {
  try {
    return (globalThis as { Deno?: { jupyter?: { broadcast: Broadcast } } }).Deno?.jupyter;
  } catch {
    return undefined; // outside of its kernel, Deno throws on the mere mention
  }
}
