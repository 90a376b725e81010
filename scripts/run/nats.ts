/** The NATS server that some cells need. @module */
import { once } from "node:events";
import { connect } from "node:net";
import { outputOf } from "../common/command.ts";

/** The address used by the notebooks: NATS's default port on this machine. */
export const natsAddress = { hostname: "127.0.0.1", port: 4222 };

/** The program on the PATH, and in folders that are often not on it. */
const programs = ["nats-server", "/usr/sbin/nats-server", "/usr/local/sbin/nats-server"];

/** Returns true if a NATS server with JetStream is there, by its first line, `INFO {…}`. */
export async function isNatsThere(): Promise<boolean> {
  const connection = connect(natsAddress.port, natsAddress.hostname);
  try {
    const [bytes] = await once(connection, "data", { signal: AbortSignal.timeout(500) }); // other servers may send nothing
    return /^INFO .*"jetstream":true/.test(String(bytes));
  } catch {
    return false;
  } finally {
    connection.destroy();
  }
}

/** Returns the server's program; undefined if there is none. */
export async function findNats(): Promise<string | undefined> {
  for (const program of programs) if (await outputOf([program, "--version"])) return program;
}
