// Deno's kernel publishes what a cell has printed and shown one after another, in a thread of its own, and does not wait
// for that before it takes the next cell: what is late is then shown there. So lines are gathered into few messages, and
// the last of them are waited for.
import type { Broadcast } from "./host.ts";

/** The longest time for which lines are gathered, in milliseconds. */
const GATHER = 50;
/** The time in which the last messages go out, in milliseconds: 5 on an idle machine, 200 times of 200. */
const SETTLE = 50;
/** Set by a client that waits for late output by itself: then nobody else needs to. */
const CLIENT_WAITS = "ASYNC_COURSE_CLIENT_WAITS";
const STREAMS = { log: "stdout", info: "stdout", debug: "stdout", warn: "stderr", error: "stderr" } as const;

let gathering = 0;
let unwrapConsole = () => Promise.resolve();

/** Waits until the kernel has published what it was given, as far as that can be known. */
export async function settle(): Promise<void> {
  if (!Deno.env.get(CLIENT_WAITS)) await new Promise<void>((done) => setTimeout(done, SETTLE));
}

/** Gathers the lines printed from now on; the function that it returns ends that, and waits for them. */
export function gatherLines(broadcast: Broadcast): () => Promise<void> {
  if (gathering++ === 0) unwrapConsole = wrapConsole(broadcast);
  return async () => {
    if (--gathering === 0) await unwrapConsole();
  };
}

function wrapConsole(broadcast: Broadcast): () => Promise<void> {
  const original = { ...console };
  let sent: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [name, text] = ["stdout", ""];
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
    if (sent) await sent.then(settle);
  };
}

/** Returns a value as Deno's console writes it. */
function written(value: unknown): string {
  return typeof value === "string" ? value : Deno.inspect(value, { colors: true });
}
