/**
 * Calls back in a new turn of JavaScript's own event loop. Between two turns the engine runs every promise
 * callback that can run, however deeply nested; so whoever is called back knows that the code of the turn
 * before has gone as far as it could.
 *
 * `setImmediate` does it in Deno and Node, a message channel in a browser. (A `setTimeout` would too, but
 * costs a millisecond, and four in a browser.)
 */
export declare const nextTurn: (callback: () => void) => void;
