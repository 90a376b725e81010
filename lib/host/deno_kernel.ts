import { lateOutput } from "./deno_output.ts";
import { stopButton } from "./deno_stop.ts";
import { type Broadcast, display, type Host, tellUnhandled } from "./host.ts";
import { terminal } from "./terminal.ts";

/** Deno's kernel, if this is it. Outside of a run it says nothing of unhandled failures; so they are printed. */
export function denoKernel(): Host | undefined {
  const jupyter = jupyterOfDeno();
  if (!jupyter) return undefined;
  const broadcast: Broadcast = (type, content) => jupyter.broadcast(type, content);
  const { show, showReplaceable } = display(broadcast);
  const { gatherLines, settle } = lateOutput(broadcast);
  const warn = (sentence: string) => console.warn(`Warning: ${sentence}`);
  let tellNow = warn;
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    tellUnhandled(event.reason, tellNow);
  });
  return {
    ...terminal,
    ...stopButton(),
    show: (things) => show(things).then(settle),
    showReplaceable,
    gatherLines,
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
