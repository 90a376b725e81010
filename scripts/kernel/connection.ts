/** The ports of a kernel, and the key that it and we sign with. @module */
import { join } from "node:path";
import { temporaryFolder } from "../common/files.ts";

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
