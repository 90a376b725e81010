/** The ports of a kernel, and the key that it and its clients sign with. @module */

/** The content of a connection file. */
export type Connection = ReturnType<typeof newConnection>;

/** A connection of five ports on this machine's loopback, with a new key. */
export function newConnection(ports: number[] = freePorts(5)) {
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
