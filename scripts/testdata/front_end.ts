/** A front end, as far as kernels see it: it speaks Jupyter's protocol over ZeroMQ. For tests and benchmarks. @module */
import { join } from "node:path";
import { root } from "../common/project.ts";
import { type Connection, freePorts, newConnection } from "../kernel/connection.ts";
import type { ExecuteReply } from "../kernel/client.ts";
import { decodeMessage, encodeMessage, type Message, request } from "../kernel/messages.ts";
import { Socket } from "../kernel/zmtp.ts";
import { tempFolder } from "./notebooks.ts";
import { signalGroup } from "../common/command.ts";

type Channel = "shell" | "iopub" | "control";
type Take = (message: Message, channel: Channel) => void;

/** The command that a kernelspec of ours has. */
export const frontCommand = (name: string) => (file: string): string[] => {
  const program = join(root, "scripts", "kernel", "front", "main.ts");
  return [Deno.execPath(), "run", "-A", "--quiet", "--config", join(root, "deno.json"), program, file, name];
};

/** A kernel, and a front end that hears no more of a cell after its reply and "idle". */
export class FrontEnd implements AsyncDisposable {
  readonly #sockets = {} as Record<Channel, Socket>;
  #take: Take = () => {};

  private constructor(
    readonly connection: Connection,
    private readonly child: Deno.ChildProcess,
    private readonly onOther: Take,
  ) {}

  /** Starts a kernel by the command for a connection file. */
  static async start(
    command: (file: string) => string[],
    onOther: Take = () => {},
    cwd?: string,
  ): Promise<FrontEnd> {
    using folder = tempFolder();
    const file = join(folder.path, "connection.json");
    const connection = newConnection(freePorts(5));
    Deno.writeTextFileSync(file, JSON.stringify(connection));
    const [program, ...args] = command(file);
    const options = { stdin: "null", stdout: "null", stderr: "inherit", detached: true } as const;
    const child = new Deno.Command(program, { args, cwd, ...options }).spawn();
    const frontEnd = new FrontEnd(connection, child, onOther);
    await frontEnd.#connect();
    return frontEnd;
  }

  /** Sends a message, and waits for nothing. */
  send(channel: Channel, message: Message): void {
    this.#sockets[channel].send(encodeMessage(message, this.connection.key));
  }

  /** Presses Stop. */
  interrupt(): void {
    this.send("control", request("interrupt_request", {}, "session"));
  }

  /** Runs a cell; `onMessage` takes all that is published of it but the kernel's status. */
  async execute(
    code: string,
    { onMessage = () => {} }: { onMessage?(message: Message): void } = {},
  ): Promise<ExecuteReply> {
    const usual = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
    const cell = request("execute_request", { code, ...usual, stop_on_error: false }, "session");
    const [reply, idle] = [Promise.withResolvers<ExecuteReply>(), Promise.withResolvers<void>()];
    this.#take = (message, channel) => {
      const { header: { msg_type }, parent_header: { msg_id }, content } = message;
      if (msg_id !== cell.header.msg_id) this.onOther(message, channel);
      else if (channel === "shell") reply.resolve(content as ExecuteReply);
      else if (msg_type !== "status") onMessage(message);
      else if (content.execution_state === "idle") idle.resolve();
    };
    this.send("shell", cell);
    await Promise.all([reply.promise, idle.promise]);
    this.#take = this.onOther;
    return await reply.promise;
  }

  /** Ends the kernel as front ends do. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.send("control", request("shutdown_request", { restart: false }, "session"));
    const timer = setTimeout(() => signalGroup(this.child, "SIGKILL"), 3000);
    await this.child.status;
    clearTimeout(timer);
    for (const socket of Object.values(this.#sockets)) socket[Symbol.dispose]();
  }

  async #connect(): Promise<void> {
    const { shell_port, iopub_port, control_port, key } = this.connection;
    const connect = async (channel: Channel, type: "DEALER" | "SUB", port: number) => {
      let socket: Socket | undefined;
      while (!(socket = await Socket.connect(type, port).catch(() => undefined))) {
        await new Promise((go) => setTimeout(go, 5));
      }
      if (type === "SUB") socket.send([new Uint8Array([1])]);
      this.#sockets[channel] = socket;
      (async () => {
        for await (const frames of socket) this.#take(decodeMessage(frames, key), channel);
      })().catch(() => {});
    };
    await connect("shell", "DEALER", shell_port);
    await connect("iopub", "SUB", iopub_port);
    await connect("control", "DEALER", control_port);
    const heard = Promise.withResolvers<void>();
    this.#take = (_, channel) => channel === "iopub" && heard.resolve();
    const timer = setInterval(() => this.send("shell", request("kernel_info_request", {}, "session")), 10);
    await heard.promise;
    clearInterval(timer);
    this.#take = this.onOther;
  }
}
