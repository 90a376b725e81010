/**
 * Calls back in a new turn of the engine's own event loop, by `setImmediate` in Deno and Node, by a message channel in a
 * browser. (A `setTimeout` would take a millisecond, and four in a browser.)
 */
export const engineTurn: (callback: () => void) => void = globalThis.setImmediate ?? byMessages();

/**
 * Calls back in a new turn. Before a turn begins, the engine runs every promise callback that can run, however deeply
 * nested: the code of the turn before has gone as far as it could.
 */
export let nextTurn = engineTurn;

/** Replaces {@linkcode nextTurn}. */
export function setNextTurn(next: typeof engineTurn): void {
  nextTurn = next;
}

function byMessages(): typeof engineTurn {
  const { port1, port2 } = new MessageChannel();
  const callbacks: (() => void)[] = [];
  port1.onmessage = () => callbacks.shift()!();
  return (callback) => {
    callbacks.push(callback);
    port2.postMessage(null);
  };
}
