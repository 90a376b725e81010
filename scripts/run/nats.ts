/** The NATS server that some cells need. @module */
import { outputOf } from "../common/command.ts";

/** The place where the notebooks look for it: NATS's own port, on this machine. */
export const natsAddress = { hostname: "127.0.0.1", port: 4222 };

/** Where Debian keeps it, beside what is on the PATH. */
const programs = ["nats-server", "/usr/sbin/nats-server", "/usr/local/sbin/nats-server"];

/** The first line of what answers there, which is `INFO {…}` from a NATS server; undefined where nothing does. */
export async function natsGreeting(): Promise<string | undefined> {
  try {
    const connection = await Deno.connect(natsAddress);
    const timer = setTimeout(() => connection.close(), 500); // what greets nobody is no NATS server
    const bytes = new Uint8Array(4096);
    const length = await connection.read(bytes).catch(() => null);
    clearTimeout(timer);
    if (length !== null) connection.close();
    return new TextDecoder().decode(bytes.subarray(0, length ?? 0)).split("\n")[0];
  } catch {
    return undefined;
  }
}

/** Returns true if a server is there that keeps streams of messages. */
export async function isNatsThere(): Promise<boolean> {
  return /^INFO .*"jetstream":true/.test(await natsGreeting() ?? "");
}

/** The server's program; undefined where there is none. */
export async function findNats(): Promise<string | undefined> {
  for (const program of programs) if (await outputOf([program, "--version"])) return program;
}
