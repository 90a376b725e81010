/** The ports of a kernel, and the key that it and we sign with. @module */
import { dirname, join } from "node:path";

/** The content of a connection file. */
export interface Connection {
  ip: string;
  transport: string;
  signature_scheme: string;
  key: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
}

/** A connection of five ports on this machine's loopback, with a new key. */
export function newConnection(ports: number[] = freePorts(5)): Connection {
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
  const [ip, transport, signature_scheme] = ["127.0.0.1", "tcp", "hmac-sha256"];
  const key = crypto.randomUUID();
  return { ip, transport, signature_scheme, key, shell_port, iopub_port, stdin_port, control_port, hb_port };
}

/** Ports that nothing listens on just now. */
export function freePorts(count: number): number[] {
  const listeners = Array.from({ length: count }, () => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const ports = listeners.map((listener) => (listener.addr as Deno.NetAddr).port);
  for (const listener of listeners) listener.close();
  return ports;
}

const prefix = "course-kernel-";
/** How long a kernel may take to read its connection file, with much to spare, in milliseconds. */
const reading = 600_000;

/** Removes the folders of connection files that programs which were killed have left. */
function sweep(folder: string): void {
  for (const { name } of Deno.readDirSync(folder)) {
    if (!name.startsWith(prefix)) continue;
    try {
      const path = join(folder, name);
      const { mtime } = Deno.statSync(path);
      if (Date.now() - Number(mtime) > reading) Deno.removeSync(path, { recursive: true });
    } catch { /* it is gone, or another's */ }
  }
}

/** A connection file that only this user can read, in a folder of its own; disposing removes both. */
export class ConnectionFile implements Disposable {
  readonly #folder = Deno.makeTempDirSync({ prefix });
  readonly path = join(this.#folder, "connection.json");

  constructor(connection: Connection) {
    sweep(dirname(this.#folder));
    Deno.writeTextFileSync(this.path, JSON.stringify(connection), { mode: 0o600, createNew: true });
  }

  [Symbol.dispose](): void {
    try {
      Deno.removeSync(this.#folder, { recursive: true });
    } catch { /* it is gone */ }
  }
}
