"use strict";
const { parts } = require("./places.cjs");

/**
 * Corrects three faults in how tslab uses its sockets:
 *
 * - It sends without waiting, one message for each print. ZeroMQ's binding queues 512 of them, and refuses all others
 *   until JavaScript has paused; tslab prints that it was refused, which is refused again, and never ends. With a time
 *   limit of 0 the binding sends all of them at once, and without a high-water mark it drops none.
 * - It reads from sockets while others are still being bound. When the first message arrives in between, the binding
 *   refuses to read on, and the kernel never receives anything. So all are bound at once.
 * - Where a port is taken, it goes on without that socket, and says nothing. So it ends.
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
