/// <reference lib="dom" />
/**
 * The worker of a page. It lives in a sandboxed frame, to which browsers on a desktop give a process of its own: code that
 * fills the memory ends that process, and the page stays.
 *
 * @module
 */
import { element } from "./element.ts";
import type { Told } from "./engine.ts";
import type { Asked } from "./worker.ts";

/** The code of the worker, which stands in front of this script. */
declare const workerSource: string;

/** The frame's script: starts the worker that it is sent, with its line to the page, and answers any other message. */
export const frameScript = "onmessage=({data,ports})=>" +
  "data?new Worker(URL.createObjectURL(data)).postMessage(0,ports):ports[0].postMessage(0)";

const srcdoc = `<script>${frameScript}</script>`;

/** A frame that leaves so many questions unanswered, one each second, is gone; so is a worker silent between cells or in a check. */
const PATIENCE = 5;

/** What a worker tells; and what stands for it when it is gone, with what it did last. */
export type Heard = Told | { kind: "lost"; last: Told };

/** A worker, and its line to the page. */
export class Runner {
  readonly #frame = element("iframe", { sandbox: "allow-scripts", srcdoc, hidden: "" });
  readonly #line = new MessageChannel();
  #watch?: ReturnType<typeof setInterval>;
  #unanswered = 0;
  #last: Told = { kind: "idle" };

  constructor(readonly hear: (heard: Heard) => void) {
    this.#line.port1.onmessage = ({ data }: MessageEvent<Told>) => {
      this.#unanswered = 0;
      if (!/wait|output|skip/.test(data.kind)) this.#last = data;
      if (data.kind === "idle") this.#rest();
      hear(data);
    };
    const worker = new Blob([workerSource], { type: "text/javascript" });
    const start = () => this.#frame.contentWindow!.postMessage(worker, "*", [this.#line.port2]);
    this.#frame.addEventListener("load", start, { once: true });
    document.body.prepend(this.#frame);
  }

  /** Asks for cells to be run, and watches until the worker is idle. */
  run(asked: Asked): void {
    this.#line.port1.postMessage(asked);
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
    this.#line.port1.close();
    this.#frame.remove();
  }
}
