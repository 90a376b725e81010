/** The kernel that front ends see: it takes their requests, has a kernel run the cells, and publishes the outputs. @module */
import { messageOf } from "../../common/errors.ts";
import { type ExecuteReply, Kernel } from "../client.ts";
import type { Connection } from "../connection.ts";
import type { KernelKind } from "../kernel.ts";
import {
  decodeMessage,
  encodeMessage,
  type Header,
  type Message,
  type Published,
  request,
} from "../messages.ts";
import { syntaxProblem } from "../syntax_error.ts";
import type { Frames, Socket } from "../zmtp.ts";
import { complete, inspect } from "./inspect.ts";
import { Server } from "./server.ts";

/** The most of a cell's text that is shown: as much as a page can hold. */
const most = { lines: 10_000, characters: 2_000_000 };
const tooMuch = "… more was printed than a page can show: what follows is left out.\n";
/** The milliseconds for which other cells may be on their way when one fails. */
const onTheWay = 100;
/** The milliseconds for which prints are gathered into one message. */
const gathering = 20;

type Content = Message["content"];

/** A request, and what answers it. */
interface Request {
  message: Message;
  reply(content: Content): void;
}

/** A kernel in front of another. */
export class Front {
  readonly #session = crypto.randomUUID();
  readonly #iopub: Server;
  #kernel: Promise<Kernel>;
  #waiting: Request[] = [];
  #running: Request | undefined;
  /** The cell that could not be stopped. */
  #endless: Request | undefined;
  /** The requests of the cells, by their numbers, which are 0 for what a front end runs for itself; and the last one. */
  readonly #cells = new Map<number, Header>();
  #count = 0;
  #last: Partial<Header> = {};
  /** The text of a cell that was printed last, and waits for more. */
  #printed: { name: string; text: string; parent: Partial<Header> } | undefined;
  /** The rest of the most that may be shown of a cell. */
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

  /** Ends what runs, as Stop does; nothing happens where nothing runs. */
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
    kernel.catch(() => {}); // the next cell tells of it
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

  /** The answers to all requests but those to run a cell. */
  readonly #answers: Record<string, (content: Content) => Content | Promise<Content>> = {
    kernel_info_reply: () => ({
      status: "ok",
      protocol_version: "5.3",
      implementation: "async-course",
      implementation_version: Deno.version.deno,
      language_info: this.kind.language, // as notebooks have it: with a version, JupyterLab would change each that it opens
      banner: `${this.kind.displayName}, with the course's kernel in front of it.`,
      help_links: [{ text: "Deno", url: "https://docs.deno.com" }],
    }),
    interrupt_reply: async () => {
      await this.interrupt();
      return { status: "ok" };
    },
    shutdown_reply: ({ restart }: Content) => {
      setTimeout(() => Deno.exit(0), 50); // when the reply is out
      return { status: "ok", restart };
    },
    inspect_reply: ({ code, cursor_pos }: Content) =>
      inspect(code, cursor_pos, async (...asked) => {
        if (this.#running) return {}; // it would wait for the cell
        return await (await this.#kernel).ask("describe", ...asked) ?? {};
      }),
    complete_reply: async ({ code, cursor_pos }: Content) =>
      await complete(code, cursor_pos, await (await this.#kernel).complete(code, cursor_pos)),
    is_complete_reply: ({ code }: Content) => ({
      status: syntaxProblem(code)?.isOpen ? "incomplete" : "complete",
    }),
    history_reply: () => ({ status: "ok", history: [] }),
    comm_info_reply: () => ({ status: "ok", comms: {} }),
  };

  /** Answers a request between `busy` and `idle`. */
  async #busy(asked: Request, answer: (asked: Request) => void | Promise<void>): Promise<void> {
    const { header } = asked.message;
    this.#publish("status", { execution_state: "busy" }, header);
    try {
      await answer(asked);
    } catch (error) { // the kernel died, say: the next cell tells more of that
      asked.reply({ status: "error", ename: "Error", evalue: messageOf(error), traceback: [] });
    }
    this.#publish("status", { execution_state: "idle" }, header);
  }

  /** Runs the cells that wait, one after the other. */
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

  /** Passes on what a cell puts out: the last one, or that which the message names. */
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

  /** Publishes the text that waits for more, as far as a page can show it. */
  #flush(): void {
    if (!this.#printed) return;
    const { name, text: printed, parent } = this.#printed;
    this.#printed = undefined;
    const { lines, characters } = this.#left.get(parent) ?? most;
    if (characters < 0) return; // and that was said
    const text = printed.split(/(?<=\n)/).slice(0, lines).join("").slice(0, characters);
    const isAll = text === printed;
    if (text) this.#publish("stream", { name, text }, parent);
    if (!isAll) this.#publish("stream", { name: "stderr", text: tooMuch }, parent);
    this.#left.set(parent, {
      lines: lines - text.split("\n").length + 1,
      characters: isAll ? characters - text.length : -1,
    });
  }

  /** Sends a message to all, after what was printed before it. */
  #publish(type: string, content: Content, parent: Partial<Header>, metadata = {}): void {
    this.#flush();
    const message = { ...request(type, content, this.#session, parent), metadata };
    this.#iopub.publish([new TextEncoder().encode(type), ...encodeMessage(message, this.connection.key)]);
  }
}
