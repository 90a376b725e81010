// Deno's kernel publishes what a cell has printed and shown one after another, in a thread of its own, and does not wait
// for that before it takes the next cell: what is late is then shown there. So lines are gathered into few messages, and
// the last of them are waited for.
import type { Broadcast, Host } from "./host.ts";

/** The longest time for which lines are gathered, in milliseconds. */
const GATHER = 50;
/** The time in which the last messages go out, in milliseconds: 5 on an idle machine, 200 times of 200. */
const SETTLE = 50;
/** Set by a client that waits for late output by itself: then nobody else needs to. */
const CLIENT_WAITS = "ASYNC_COURSE_CLIENT_WAITS";
const STREAMS = { log: "stdout", info: "stdout", debug: "stdout", warn: "stderr", error: "stderr" } as const;

/** Gathers lines, and waits, as far as that can be known, until what was sent is published (`settle`). */
export function lateOutput(
  broadcast: Broadcast,
): Pick<Host, "gatherLines"> & { settle(): Promise<void> } {
  let gathering = 0;
  let unwrap = () => Promise.resolve();
  const settle = async () => {
    if (!Deno.env.get(CLIENT_WAITS)) await new Promise<void>((done) => setTimeout(done, SETTLE));
  };

  /** Has the console write into messages that are sent one after another. Returns what ends that, and waits for them. */
  function wrapConsole(): () => Promise<void> {
    const original = { ...console };
    let sent: Promise<void> | undefined;
    let [name, text] = ["stdout", ""];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      clearTimeout(timer);
      timer = undefined;
      if (text === "") return;
      const content = { name, text };
      text = "";
      sent = Promise.resolve(sent).then(() => broadcast("stream", content)).catch(() => {});
    };
    for (const [method, stream] of Object.entries(STREAMS)) {
      console[method as keyof typeof STREAMS] = (...args: unknown[]) => {
        if (stream !== name) flush();
        timer ??= setTimeout(flush, GATHER);
        name = stream;
        text += args.map(written).join(" ") + "\n";
      };
    }
    return async () => {
      flush();
      Object.assign(console, original);
      await sent;
      if (sent) await settle();
    };
  }

  return {
    settle,
    gatherLines(atOnce) {
      if (!atOnce) return settle; // a blocked thread does not hold up lines that go the kernel's own way
      if (gathering++ === 0) unwrap = wrapConsole();
      return async () => {
        if (--gathering === 0) await unwrap();
      };
    },
  };
}

/** Returns a value as Deno's console writes it. */
function written(value: unknown): string {
  return typeof value === "string" ? value : Deno.inspect(value, { colors: true });
}
