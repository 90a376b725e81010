/** The NATS server that some cells need. @module */
import { once } from "node:events";
import { connect } from "node:net";
import { outputOf } from "../common/command.ts";

/** The place where the notebooks look for it: NATS's own port, on this machine. */
export const natsAddress = { hostname: "127.0.0.1", port: 4222 };

/** The folder in which Debian keeps it, beside those on the PATH. */
const programs = ["nats-server", "/usr/sbin/nats-server", "/usr/local/sbin/nats-server"];

/** Returns true if a server is there that keeps streams of messages: its first line is `INFO {…}`. */
export async function isNatsThere(): Promise<boolean> {
  const connection = connect(natsAddress.port, natsAddress.hostname);
  try {
    const [bytes] = await once(connection, "data", { signal: AbortSignal.timeout(500) }); // what greets nobody is no NATS server
    return /^INFO .*"jetstream":true/.test(String(bytes));
  } catch {
    return false;
  } finally {
    connection.destroy();
  }
}

/** The server's program; undefined where there is none. */
export async function findNats(): Promise<string | undefined> {
  for (const program of programs) if (await outputOf([program, "--version"])) return program;
}
