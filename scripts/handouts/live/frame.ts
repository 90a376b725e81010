/// <reference lib="dom" />
/**
 * The worker of a page, in a sandboxed frame. Desktop browsers give the frame a process of its own: code that runs out of
 * memory ends that process, and the page survives.
 *
 * @module
 */
import { element } from "./element.ts";
import type { WorkerMessage } from "./engine.ts";
import type { RunRequest } from "./worker.ts";

/** The worker's code, which the bundle defines in front of this script. */
declare const workerSource: string;

/** The frame's script: starts a worker of the code that it is sent, with a port to the page, and answers any other message. */
export const frameScript = "onmessage=({data,ports})=>" +
  "data?new Worker(URL.createObjectURL(data)).postMessage(0,ports):ports[0].postMessage(0)";

const srcdoc = `<script>${frameScript}</script>`;

/** Unanswered pings, one a second, until a frame counts as lost; so does a worker that is silent between cells or in a check. */
const PATIENCE = 5;

/** A message of a worker, or the news that it is lost, with what it did last. */
export type RunnerMessage = WorkerMessage | { kind: "lost"; last: WorkerMessage };

/** A worker, and its channel to the page. */
export class Runner {
  readonly #frame = element("iframe", { sandbox: "allow-scripts", srcdoc, hidden: "" });
  readonly #channel = new MessageChannel();
  #watch?: ReturnType<typeof setInterval>;
  #unanswered = 0;
  #last: WorkerMessage = { kind: "idle" };

  constructor(readonly hear: (heard: RunnerMessage) => void) {
    this.#channel.port1.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      this.#unanswered = 0;
      if (!/wait|output|skip/.test(data.kind)) this.#last = data;
      if (data.kind === "idle") this.#rest();
      hear(data);
    };
    const worker = new Blob([workerSource], { type: "text/javascript" });
    const start = () => this.#frame.contentWindow!.postMessage(worker, "*", [this.#channel.port2]);
    this.#frame.addEventListener("load", start, { once: true });
    document.body.prepend(this.#frame);
  }

  /** Asks the worker to run cells, and watches it until it is idle. */
  run(asked: RunRequest): void {
    this.#channel.port1.postMessage(asked);
    this.#watch ??= setInterval(() => {
      if (this.#unanswered++ >= PATIENCE) return this.hear({ kind: "lost", last: this.#last });
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        if (/start|checked/.test(this.#last.kind)) this.#unanswered = 0;
      };
      this.#frame.contentWindow?.postMessage(0, "*", [port2]);
    }, 1000);
  }

  #rest(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  end(): void {
    this.#rest();
    this.#channel.port1.close();
    this.#frame.remove();
  }
}
