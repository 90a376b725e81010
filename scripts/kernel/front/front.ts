/** The kernel that front ends see: it takes their requests, has Deno's kernel run the cells, and publishes the outputs. @module */
import { messageOf } from "../../common/errors.ts";
import { type ExecuteReply, Kernel } from "../client.ts";
import type { Channel } from "../channels.ts";
import type { Connection } from "../connection.ts";
import { deno } from "../kernel.ts";
import { decodeMessage, encodeMessage, type Header, type Message, request } from "../messages.ts";
import type { Socket } from "../zmtp.ts";
import { complete, type Describe, inspect, nameAt } from "./inspect.ts";
import { Server } from "./server.ts";

/** The most of a cell's text that is shown: as much as a page can hold. */
const most = { lines: 10_000, characters: 2_000_000 };
/** The milliseconds for which other cells may be on their way when one fails. */
const onTheWay = 20;
const lost = "all variables are lost: run the cells above again";

/** A request, and what answers it. */
interface Request {
  message: Message;
  reply(type: string, content: Message["content"]): void;
}

/** A kernel in front of Deno's. */
export class Front {
  readonly #key: string;
  readonly #session = crypto.randomUUID();
  readonly #iopub: Server;
  #kernel: Promise<Kernel>;
  #waiting: Request[] = [];
  #running: Request | undefined;
  /** The reason why the kernel has been ended, where that has been said. */
  #ended: Message["content"] | undefined;
  /** The requests that Deno's kernel answers, and those of the cells, by their numbers. */
  readonly #sent = new Map<string, Request>();
  readonly #cells = new Map<number, Header>();
  #last: Header | undefined;

  constructor({ key, shell_port, control_port, iopub_port, stdin_port, hb_port }: Connection) {
    this.#key = key;
    this.#kernel = this.#start();
    this.#iopub = new Server("PUB", iopub_port, () => {});
    new Server("ROUTER", shell_port, (frames, from) => this.#take(decodeMessage(frames, key), from));
    new Server("ROUTER", control_port, (frames, from) => this.#take(decodeMessage(frames, key), from));
    new Server("ROUTER", stdin_port, () => {});
    new Server("REP", hb_port, (frames, from) => void from.send(frames).catch(() => {}));
  }

  /** Ends what runs, as Stop does; nothing happens where nothing runs. */
  async interrupt(): Promise<void> {
    const cell = this.#running;
    if (!cell) return;
    const kernel = await this.#kernel;
    if (await kernel.interrupt() || this.#running !== cell) return;
    this.#end(`The run cannot be stopped. So the kernel starts anew, and ${lost}.`, cell);
    await kernel.kill();
  }

  /** Ends Deno's kernel. */
  async end(): Promise<void> {
    await (await this.#kernel).kill();
  }

  async #start(): Promise<Kernel> {
    const kernel = await Kernel.start(deno, { onOther: (message, channel) => this.#relay(message, channel) });
    await kernel.ask(`showAtMost(${most.lines}, ${most.characters})`);
    return kernel;
  }

  #take(message: Message, from: Socket): void {
    const { header } = message;
    const reply: Request["reply"] = (type, content) =>
      void from.send(encodeMessage(request(type, content, this.#session, header), this.#key)).catch(() => {});
    const asked: Request = { message, reply };
    if (header.msg_type === "execute_request") {
      this.#waiting.push(asked);
      return void this.#work();
    }
    const answers: Record<string, () => void | Promise<void>> = {
      kernel_info_request: () => reply("kernel_info_reply", info),
      interrupt_request: () => this.interrupt().then(() => reply("interrupt_reply", { status: "ok" })),
      shutdown_request: async () => {
        await this.end();
        reply("shutdown_reply", { status: "ok", restart: message.content.restart });
        setTimeout(() => Deno.exit(0), 50); // when the reply is out
      },
      inspect_request: async () => {
        const { code, cursor_pos } = message.content;
        reply("inspect_reply", await inspect(nameAt(code, cursor_pos), code, this.#describe));
      },
    };
    const answer = Object.hasOwn(answers, header.msg_type) && answers[header.msg_type];
    if (answer) return void this.#busy(asked, answer);
    if (header.msg_type === "complete_request") {
      asked.reply = async (type, content) => reply(type, await complete(message.content, content));
    }
    this.#sent.set(header.msg_id, asked);
    this.#kernel.then((kernel) => kernel.send("shell", message)).catch(() => {});
  }

  /** Answers a request between `busy` and `idle`. */
  async #busy(asked: Request, answer: (asked: Request) => void | Promise<void>): Promise<void> {
    const { header } = asked.message;
    this.#publish("status", { execution_state: "busy" }, header);
    await answer(asked);
    this.#publish("status", { execution_state: "idle" }, header);
  }

  /** Runs the cells that wait, one after the other. */
  async #work(): Promise<void> {
    if (this.#running) return;
    while ((this.#running = this.#waiting.shift())) await this.#busy(this.#running, this.#run);
  }

  readonly #run = async (cell: Request): Promise<void> => {
    const { header, content: { code, silent, store_history, user_expressions, allow_stdin, stop_on_error } } =
      cell.message;
    this.#last = header;
    let reply: Partial<ExecuteReply>;
    try {
      reply = await (await this.#kernel).execute(code, {
        request: { silent, store_history, user_expressions, allow_stdin },
        onMessage: ({ header: { msg_type }, content, metadata, buffers }) => {
          if (msg_type === "execute_input") {
            this.#cells.set(content.execution_count, header);
            content.code = code;
          }
          this.#publish(msg_type, content, this.#cells.get(Number(metadata.cell)) ?? header, {
            metadata,
            buffers,
          });
        },
      });
    } catch (error) {
      reply = this.#ended ??
        this.#end(`The run failed, since ${messageOf(error)}. A new one starts, and ${lost}.`, cell);
      this.#ended = undefined;
      this.#cells.clear();
      this.#kernel = this.#start();
    }
    const fails = reply.status !== "ok" && stop_on_error !== false;
    if (fails) await new Promise((done) => setTimeout(done, onTheWay));
    cell.reply("execute_reply", { payload: [], user_expressions: {}, ...reply });
    for (const other of fails ? this.#waiting.splice(0) : []) {
      const aborted = { status: "aborted", execution_count: reply.execution_count ?? null };
      this.#busy(other, () => other.reply("execute_reply", aborted));
    }
  };

  /** Describes a value; says nothing while a cell runs. */
  readonly #describe: Describe = async (expression) => {
    if (this.#running) return {};
    const answer = await (await this.#kernel).ask(`describe(${JSON.stringify(expression)})`);
    return answer ? JSON.parse(answer) : {};
  };

  /** Says in a cell that the kernel is at its end. */
  #end(evalue: string, { message: { header } }: Request): Message["content"] {
    const error = { ename: "KernelEnded", evalue, traceback: [evalue] };
    this.#publish("error", error, header);
    return this.#ended = { status: "error", execution_count: null, ...error };
  }

  /** Passes on what belongs to no cell that runs. */
  #relay(
    { header: { msg_type }, content, metadata, buffers, parent_header }: Message,
    channel: Channel,
  ): void {
    const asked = this.#sent.get(parent_header.msg_id ?? "");
    if (channel === "iopub") {
      const parent = asked?.message.header ?? this.#cells.get(Number(metadata.cell)) ?? this.#last;
      if (asked || msg_type !== "status") this.#publish(msg_type, content, parent, { metadata, buffers });
    } else if (asked) {
      asked.reply(msg_type, content);
    }
  }

  #publish(type: string, content: Message["content"], parent?: Header, more: Partial<Message> = {}): void {
    this.#iopub.publish({ ...request(type, content, this.#session, parent), ...more }, this.#key);
  }
}

/** The kernel's words about itself. */
const info = {
  status: "ok",
  protocol_version: "5.3",
  implementation: "async-course",
  implementation_version: Deno.version.deno,
  language_info: deno.language, // as notebooks have it: with a version, JupyterLab would change each that it opens
  banner: "Deno, with the course's kernel in front of it.",
  help_links: [{ text: "Deno", url: "https://docs.deno.com" }],
};
