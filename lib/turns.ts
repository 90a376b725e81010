/** Calls back in a new turn of JavaScript's own event loop. */
export type NextTurn = (callback: () => void) => void;

/**
 * The engine's turns. `setImmediate` gives them in Deno and Node, a message channel in a browser. (A `setTimeout` would,
 * too, but takes a millisecond, and four in a browser.)
 */
export const engineTurn: NextTurn = typeof setImmediate === "function" ? setImmediate : byMessages();

/**
 * Calls back in a new turn of JavaScript's own event loop. Between two turns the engine runs every promise callback that
 * can run, however deeply nested: so the code of the turn before has gone as far as it could.
 */
export let nextTurn = engineTurn;

/** Makes `next` give the turns from now on, in place of the engine. */
export function setNextTurn(next: NextTurn): void {
  nextTurn = next;
}

function byMessages(): NextTurn {
  const { port1, port2 } = new MessageChannel();
  const callbacks: (() => void)[] = [];
  port1.onmessage = () => callbacks.shift()!();
  return (callback) => {
    callbacks.push(callback);
    port2.postMessage(null);
  };
}
