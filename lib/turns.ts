/**
 * Calls back in a new turn of JavaScript's own event loop. Between two turns the engine runs every promise callback that
 * can run, however deeply nested: so the code of the turn before has gone as far as it could.
 *
 * `setImmediate` does it in Deno and Node, a message channel in a browser. (A `setTimeout` would, too, but takes a
 * millisecond, and four in a browser.)
 */
export const nextTurn: (callback: () => void) => void = typeof setImmediate === "function"
  ? setImmediate
  : byMessages();

function byMessages() {
  const { port1, port2 } = new MessageChannel();
  const callbacks: (() => void)[] = [];
  port1.onmessage = () => callbacks.shift()!();
  return (callback: () => void) => {
    callbacks.push(callback);
    port2.postMessage(null);
  };
}
