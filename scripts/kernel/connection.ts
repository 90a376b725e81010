/** A kernel's ports, and the key that signs its messages. @module */

/** The content of a connection file. */
export type Connection = ReturnType<typeof newConnection>;

/** Returns a connection of five loopback ports, with a new key. */
export function newConnection(ports: number[] = freePorts(5)) {
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
  const [ip, transport, signature_scheme] = ["127.0.0.1", "tcp", "hmac-sha256"];
  const key = crypto.randomUUID();
  return { ip, transport, signature_scheme, key, shell_port, iopub_port, stdin_port, control_port, hb_port };
}

/** Returns ports that are free at the moment. */
export function freePorts(count: number): number[] {
  const listeners = Array.from({ length: count }, () => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const ports = listeners.map((listener) => (listener.addr as Deno.NetAddr).port);
  for (const listener of listeners) listener.close();
  return ports;
}
