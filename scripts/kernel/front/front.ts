/** The kernel that front ends see. It accepts their requests, runs the cells in another kernel, and publishes the output. @module */
import { messageOf } from "../../common/errors.ts";
import { type ExecuteReply, Kernel } from "../client.ts";
import type { Connection } from "../connection.ts";
import type { KernelKind } from "../kernel.ts";
import { decodeMessage, encodeMessage, type Message, type Published, request } from "../messages.ts";
import { syntaxProblem } from "../syntax_error.ts";
import type { Frames, Socket } from "../zmtp.ts";
import { complete, inspect } from "./inspect.ts";
import { Server } from "./server.ts";

/** The most text shown for a cell: as much as a page can hold. */
const most = { lines: 10_000, characters: 2_000_000 };
const tooMuch = "… more was printed than a page can show: what follows is left out.\n";
/** The milliseconds to wait for cells in transit after one has failed. */
const onTheWay = 100;
/** The milliseconds for which prints are collected into one message. */
const gathering = 20;

type Content = Message["content"];
type Header = Message["header"];

/** A request, and the function that replies to it. */
interface Request {
  message: Message;
  reply(content: Content): void;
}

/** A kernel in front of another one. */
export class Front {
  readonly #session = crypto.randomUUID();
  readonly #iopub: Server;
  #kernel: Promise<Kernel>;
  #waiting: Request[] = [];
  #running: Request | undefined;
  /** The cell that could not be stopped. */
  #endless: Request | undefined;
  /** The cells' request headers by number, 0 for a front end's internal requests; and the last header. */
  readonly #cells = new Map<number, Header>();
  #count = 0;
  #last: Partial<Header> = {};
  /** Printed text that is still being collected. */
  #printed: { name: string; text: string; parent: Partial<Header> } | undefined;
  /** The amount of text that may still be shown for a cell. */
  readonly #left = new WeakMap<Partial<Header>, typeof most>();

  constructor(private readonly connection: Connection, private readonly kind: KernelKind) {
    this.#kernel = this.#start();
    const take = (frames: Frames, from: Socket) => this.#take(decodeMessage(frames, connection.key), from);
    this.#iopub = new Server("PUB", connection.iopub_port);
    new Server("ROUTER", connection.shell_port, take);
    new Server("ROUTER", connection.control_port, take);
    new Server("ROUTER", connection.stdin_port);
    new Server("REP", connection.hb_port, (frames, from) => from.send(frames));
  }

  /** Stops the running cell, if any. */
  async interrupt(): Promise<void> {
    const cell = this.#running;
    if (!cell) return;
    const kernel = await this.#kernel;
    if (await kernel.interrupt() || this.#running !== cell) return;
    this.#endless = cell;
    await kernel[Symbol.asyncDispose]();
  }

  #start(): Promise<Kernel> {
    this.#count = 0;
    const kernel = Kernel.start(this.kind, { onOther: this.#show });
    kernel.catch(() => {}); // the next cell reports it
    return kernel;
  }

  #take(message: Message, from: Socket): void {
    const { header } = message;
    const type = header.msg_type.replace("_request", "_reply");
    const reply = (content: Content) =>
      from.send(encodeMessage(request(type, content, this.#session, header), this.connection.key));
    const asked = { message, reply };
    if (header.msg_type === "execute_request") {
      this.#waiting.push(asked);
      this.#work();
    } else if (Object.hasOwn(this.#answers, type)) {
      this.#busy(asked, async () => reply(await this.#answers[type](message.content)));
    }
  }

  /** Replies to all requests but `execute_request`. */
  readonly #answers: Record<string, (content: Content) => Content | Promise<Content>> = {
    kernel_info_reply: () => ({
      status: "ok",
      protocol_version: "5.3",
      implementation: "async-course",
      implementation_version: Deno.version.deno,
      language_info: this.kind.language, // as in notebooks; if it had a version, JupyterLab would modify each that it opens
      banner: `${this.kind.displayName}, with the course's kernel in front of it.`,
      help_links: [{ text: "Deno", url: "https://docs.deno.com" }],
    }),
    interrupt_reply: async () => {
      await this.interrupt();
      return { status: "ok" };
    },
    shutdown_reply: ({ restart }: Content) => {
      setTimeout(() => Deno.exit(0), 50); // after the reply is sent
      return { status: "ok", restart };
    },
    inspect_reply: ({ code, cursor_pos }: Content) =>
      inspect(code, cursor_pos, async (expression) => {
        if (this.#running) return {}; // it would wait for the cell
        return await (await this.#kernel).ask("describe", expression, code, cursor_pos) ?? {};
      }),
    complete_reply: async ({ code, cursor_pos }: Content) =>
      await complete(code, cursor_pos, await (await this.#kernel).complete(code, cursor_pos)),
    is_complete_reply: ({ code }: Content) => ({
      status: syntaxProblem(code)?.isOpen ? "incomplete" : "complete",
    }),
    history_reply: () => ({ status: "ok", history: [] }),
    comm_info_reply: () => ({ status: "ok", comms: {} }),
  };

  /** Handles a request between `busy` and `idle`. */
  async #busy(asked: Request, answer: (asked: Request) => void | Promise<void>): Promise<void> {
    const { header } = asked.message;
    this.#publish("status", { execution_state: "busy" }, header);
    try {
      await answer(asked);
    } catch (error) { // for example, the kernel died: the next cell reports why
      asked.reply({ status: "error", ename: "Error", evalue: messageOf(error), traceback: [] });
    }
    this.#publish("status", { execution_state: "idle" }, header);
  }

  /** Runs the waiting cells one after the other. */
  async #work(): Promise<void> {
    if (this.#running) return;
    while ((this.#running = this.#waiting.shift())) await this.#busy(this.#running, this.#run);
  }

  readonly #run = async (cell: Request): Promise<void> => {
    const { header, content: { code, silent, store_history, stop_on_error } } = cell.message;
    this.#last = header;
    const number = silent || store_history === false ? 0 : ++this.#count;
    this.#cells.set(number, header);
    this.#publish("execute_input", { code, execution_count: number }, header);
    let reply: ExecuteReply;
    try {
      reply = await (await this.#kernel).execute(code, { number, onMessage: this.#show });
    } catch (error) {
      const why = this.#endless === cell
        ? "The run cannot be stopped"
        : `The run failed: ${messageOf(error).replace(/\.$/, "")}`;
      const evalue =
        `${why}. So the kernel starts anew, and all variables are lost: run the cells above again.`;
      const failure = { ename: "KernelEnded", evalue, traceback: [evalue] };
      this.#publish("error", failure, header);
      reply = { status: "error", execution_count: number, ...failure };
      this.#kernel = this.#start();
    }
    const fails = reply.status !== "ok" && stop_on_error !== false;
    if (fails) await new Promise((done) => setTimeout(done, onTheWay));
    this.#flush();
    cell.reply({ payload: [], user_expressions: {}, ...reply });
    for (const other of fails ? this.#waiting.splice(0) : []) {
      const aborted = { status: "aborted", execution_count: number };
      this.#busy(other, () => other.reply(aborted));
    }
  };

  /** Publishes output of the cell that the message names, by default the last one. */
  readonly #show = ({ header: { msg_type }, content, metadata }: Published): void => {
    const parent = this.#cells.get(Number(metadata.cell)) ?? this.#last;
    if (msg_type !== "stream") return this.#publish(msg_type, content, parent, metadata);
    if (this.#printed?.name !== content.name || this.#printed?.parent !== parent) {
      this.#flush();
      this.#printed = { name: content.name, text: "", parent };
      setTimeout(() => this.#flush(), gathering);
    }
    this.#printed!.text += content.text;
  };

  /** Publishes the collected text, up to the most that a page can show. */
  #flush(): void {
    if (!this.#printed) return;
    const { name, text: printed, parent } = this.#printed;
    this.#printed = undefined;
    const { lines, characters } = this.#left.get(parent) ?? most;
    if (characters < 0) return; // the notice was published already
    const text = printed.split(/(?<=\n)/).slice(0, lines).join("").slice(0, characters);
    const isAll = text === printed;
    if (text) this.#publish("stream", { name, text }, parent);
    if (!isAll) this.#publish("stream", { name: "stderr", text: tooMuch }, parent);
    this.#left.set(parent, {
      lines: lines - text.split("\n").length + 1,
      characters: isAll ? characters - text.length : -1,
    });
  }

  /** Sends a message to all clients, after any text collected before it. */
  #publish(type: string, content: Content, parent: Partial<Header>, metadata = {}): void {
    this.#flush();
    const message = { ...request(type, content, this.#session, parent), metadata };
    this.#iopub.publish([new TextEncoder().encode(type), ...encodeMessage(message, this.connection.key)]);
  }
}
