"use strict";
const { parts } = require("./places.cjs");

/**
 * tslab sends without waiting, one message for each print. ZeroMQ's binding lets 512 pass so, and the next one only
 * when JavaScript has paused: until then it refuses all others, and tslab, which prints that it was refused, hangs
 * itself. With a time limit of 0 the binding passes all of them at once, and without a mark of high water none is
 * dropped.
 *
 * tslab also reads from sockets that it is still binding. A client that is quick gets a message in between the binding
 * of one and of the next; then the binding refuses to read on, and the kernel is deaf from its start. So all are bound
 * at once. And where a port is taken, tslab lives on without it, and nobody learns of that: so it ends.
 */
function mendSockets() {
  const zeromq = parts("zeromq");
  const bound = (Socket, options) =>
    class extends Socket {
      constructor() {
        super(options);
      }
      // deno-lint-ignore require-await
      async bind(address) {
        try {
          this.bindSync(address);
        } catch (error) {
          console.error(`Cannot listen on ${address}: ${error.message}.`);
          process.exit(1);
        }
      }
    };
  zeromq.Publisher = bound(zeromq.Publisher, { sendTimeout: 0, sendHighWaterMark: 0 });
  zeromq.Router = bound(zeromq.Router);
  zeromq.Reply = bound(zeromq.Reply);
}

module.exports = { mendSockets };
