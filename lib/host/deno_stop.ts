import { type Host, stopped } from "./host.ts";

/**
 * Listens to Stop beside a thread that may be blocked. It is given the number of a run, and gives it back as `on` when
 * it listens and as `stop` when it has heard. Code that nobody can stop, say `for (;;);`, leaves that unanswered, and
 * ends its kernel, as it does by itself: else Stop would do nothing.
 */
const LISTENER = `
let flag, run, unanswered;
function hear() {
  postMessage({ stop: run });
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
  unanswered ??= setTimeout(() => Deno.kill(Deno.pid, "SIGKILL"), 2000);
}
onmessage = ({ data }) => {
  if (data === "heard") {
    clearTimeout(unanswered);
    unanswered = undefined;
  } else if (data === "off") {
    Deno.removeSignalListener("SIGINT", hear);
  } else {
    ({ flag, run } = data);
    Deno.addSignalListener("SIGINT", hear);
    postMessage({ on: run });
  }
};`;

/** Hears Stop in Deno's kernel, which it would otherwise end. */
export function stopButton(): Pick<Host, "onInterrupt" | "blockThread" | "checkInterrupt"> {
  /** 1 from when Stop is pressed until that is heeded. */
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const checkInterrupt = () => {
    if (Atomics.exchange(flag, 0, 0) === 1) throw stopped();
  };
  let worker: Worker | undefined;
  let runs = 0;
  return {
    checkInterrupt,
    blockThread(milliseconds) {
      Atomics.wait(flag, 0, 0, milliseconds);
      checkInterrupt();
    },
    onInterrupt(stop) {
      worker ??= new Worker(`data:text/javascript,${encodeURIComponent(LISTENER)}`, { type: "module" });
      const listener = worker;
      const run = ++runs;
      let isOn = false;
      listener.onmessage = ({ data }) => {
        if (data.on === run) isOn = true;
        if (data.stop === undefined) return;
        listener.postMessage("heard");
        Atomics.store(flag, 0, 0);
        if (data.stop === run) stop();
      };
      // The signal must have a listener from now on; and until the worker listens, none but this hears it.
      const meanwhile = () => isOn || stop();
      Deno.addSignalListener("SIGINT", meanwhile);
      listener.postMessage({ flag, run });
      return () => {
        listener.postMessage("off");
        Deno.removeSignalListener("SIGINT", meanwhile);
      };
    },
  };
}
