import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { frontCommand, FrontEnd } from "../../testdata/front_end.ts";
import { tempFolder } from "../../testdata/notebooks.ts";
import { until } from "../../testdata/until.ts";
import type { ExecuteReply } from "../client.ts";
import { freePorts, newConnection } from "../connection.ts";
import { deno } from "../kernel.ts";
import { nodeVariable } from "../tslab.ts";
import { encodeMessage, type Message, request } from "../messages.ts";
import { Socket } from "../zmtp.ts";

const front = frontCommand(deno.name);

/** Runs code; gives the reply, and what it printed, showed and failed with, as one text, which `onText` is told of as it grows. */
async function run(kernel: FrontEnd, code: string, onText: (text: string) => void = () => {}) {
  let text = "";
  let messages = 0;
  const onMessage = ({ header, content }: Message) => {
    if (header.msg_type === "execute_input") return;
    messages++;
    text += content.text ?? content.data?.["text/plain"] ?? content.traceback.join("\n");
    onText(text);
  };
  const reply = await kernel.execute(code, { onMessage });
  return {
    reply,
    // deno-lint-ignore no-control-regex
    text: text.replace(/\x1b\[\d+m/g, ""),
    messages,
  };
}

/** The output below a cell that fails. */
const failure = async (kernel: FrontEnd, code: string) => (await run(kernel, code)).text;

Deno.test("a cell's output is complete and in order when the kernel is idle", async () => {
  await using kernel = await FrontEnd.start(front);
  for (let cell = 1; cell <= 100; cell++) {
    const lines = [0, 1, 5, 50, 500, 2000][cell % 6];
    const { text } = await run(
      kernel,
      `for (let i = 0; i < ${lines}; i++) console.log(i);
await Deno.jupyter.broadcast("display_data", { data: { "text/plain": "shown" }, metadata: {}, transient: {} });
console.error("an error"); ${cell}`,
    );
    assert.equal(text, Array.from({ length: lines }, (_, i) => `${i}\n`).join("") + `shownan error\n${cell}`);
  }
});

Deno.test("waiting cells do not run after an error, unless requested", async () => {
  for (const stops of [true, false]) {
    const replies: Message[] = [];
    await using kernel = await FrontEnd.start(
      front,
      (message, channel) => channel === "shell" && replies.push(message),
    );
    await run(kernel, "let count = 0");
    for (const code of ["count++", "throw new Error('x')", "count++", "count++"]) {
      kernel.send("shell", request("execute_request", { code, stop_on_error: stops }, "session"));
    }
    await until(() => replies.filter(({ header }) => header.msg_type === "execute_reply").length === 4);
    const statuses = replies.map(({ content }) => (content as ExecuteReply).status).slice(-4);
    const last = stops ? ["aborted", "aborted"] : ["ok", "ok"];
    assert.deepEqual(statuses, ["ok", "error", ...last]);
    assert.equal((await run(kernel, "count")).text, stops ? "1" : "3");
  }
});

Deno.test("a front end's internal cells are not counted, and get no output of other cells' timers", async () => {
  const published: Message[] = [];
  await using kernel = await FrontEnd.start(front, (message) => published.push(message));
  await run(kernel, "setTimeout(() => console.log('late'), 300); 1");
  const own = "await new Promise((done) => setTimeout(done, 600))";
  const requests = [{ silent: true }, { store_history: false }].map((options) =>
    request("execute_request", { code: own, ...options }, "session")
  );
  for (const asked of requests) kernel.send("shell", asked);
  assert.equal((await run(kernel, "2")).reply.execution_count, 2);
  const late = published.find(({ content }) => content.text === "late\n");
  assert(late && requests.every(({ header }) => header.msg_id !== late.parent_header.msg_id));
});

Deno.test("a console is told whether the typed code is complete", async () => {
  const told: Message[] = [];
  await using kernel = await FrontEnd.start(front, (message) => told.push(message));
  for (
    const [code, status] of [["function f(a: number) {", "incomplete"], ["f(1)", "complete"], [
      "f)",
      "complete",
    ]]
  ) {
    const asked = request("is_complete_request", { code }, "session");
    kernel.send("shell", asked);
    const isAnswer = ({ header, parent_header }: Message) =>
      header.msg_type === "is_complete_reply" && parent_header.msg_id === asked.header.msg_id;
    await until(() => told.some(isAnswer));
    assert.equal(told.find(isAnswer)!.content.status, status);
  }
});

Deno.test("errors show the cell's own lines and columns, and their causes", async () => {
  await using kernel = await FrontEnd.start(front);
  assert.equal(
    await failure(kernel, "const a: number = 1;\nfunction f() {\n  await a;\n}"),
    "SyntaxError: line 3, column 3: await in a function that is not async (write async in front of the function)\n" +
      "  await a;\n  ^",
  );
  const typed =
    "type A = { b: number };\n\n// A comment.\nconst f = (a: A): number => a.b;\nf(null as unknown as A);";
  assert.match(
    await failure(kernel, typed),
    /^TypeError: .*'b'\)\n {4}at f \(In\[2\]:4:31\)\n {4}at In\[2\]:5:1$/,
  );
  assert.match(await failure(kernel, "f(null as any)"), /at f \(In\[2\]:4:31\)\n {4}at In\[3\]:1:1$/);
  assert.equal(
    await failure(kernel, 'try { null.x } catch (cause) { throw new Error("outer", { cause }); }'),
    "Error: outer\n    at In[4]:1:38\n" +
      "Caused by TypeError: Cannot read properties of null (reading 'x')\n    at In[4]:1:12",
  );
  assert.match(
    await failure(kernel, 'import { sleep } from "@course/lib";\nsleep("x" as any)'),
    /^LessonError: [^\n]*$/,
  );
  assert.equal(await failure(kernel, "throw 5"), "Uncaught: 5");
});

Deno.test("an uncaught error is shown in its own cell, and the next cell runs at once", async () => {
  const late: Message[] = [];
  await using kernel = await FrontEnd.start(front, (message) => late.push(message));
  assert.match(
    (await run(
      kernel,
      "Promise.reject(new Error('nobody')); await new Promise((done) => setTimeout(done, 20))",
    )).text,
    /^Uncaught Error: nobody\n {4}at In\[1\]:1:16\n$/,
  );
  const timer =
    "setTimeout(() => { null.x }, 100); setTimeout(async () => { console.log('late'); null.y }, 120); 0";
  await run(kernel, timer);
  const started = performance.now();
  const { text } = await run(kernel, "await new Promise((done) => setTimeout(done, 300)); 'next'");
  assert(performance.now() - started < 20_000); // Deno's own kernel takes 25 s and more
  assert.equal(text, '"next"');
  const [one, two, three] = late.filter(({ header }) => header.msg_type === "stream");
  assert.match(one.content.text, /^Uncaught TypeError: .*'x'\)\n {4}at \S*In\[2\]:1:25/);
  assert.equal(two.content.text, "late\n");
  assert.match(three.content.text, /^Uncaught TypeError: .*'y'\)/);
});

/** Cells that do not end; what is shown of them before Stop is pressed, and in the end. */
const endless: [code: string, before: string, shown: RegExp][] = [
  ["for (;;);", "begun", /^begun\nStopped: The run was stopped\.$/],
  ["await new Promise(() => {}); console.log('never')", "begun", /^begun\nStopped: The run was stopped\.$/],
  [
    "for (;;) await new Promise((done) => setTimeout(done, 50));",
    "begun",
    /^begun\nStopped: The run was stopped\.$/,
  ],
  [
    "for (;;) console.log('a line');",
    "left out",
    /a line\n… more was printed than a page can show.*\nStopped: The run was stopped\.$/s,
  ],
  [
    "async function spin() { for (;;) await null }\nawait spin()",
    "begun",
    /^begun\nStopped: The run was stopped\.$/,
  ],
  [
    "await new Promise(() => setTimeout(() => { for (;;); }, 10));",
    "begun",
    /^begun\nStopped: The run was stopped\.$/,
  ],
  [
    'import { EventLoop } from "@course/lib"; const loop = new EventLoop();\n' +
    'await loop.runUntilComplete(loop.createTask(async () => { console.log("in it"); for (;;); }));',
    "in it",
    /^begun\nin it\nStopped: The run was stopped\.$/,
  ],
  [
    '({ [Symbol.for("Jupyter.display")]() { console.log("in it"); for (;;); } })',
    "in it",
    /^begun\nin it\nStopped: The run was stopped\.$/,
  ],
];
/** Runs code that prints "begun" first, and presses Stop once a text is shown. */
function stopOnce(kernel: FrontEnd, code: string, before = "begun") {
  let isPressed = false;
  return run(kernel, `console.log("begun"); ${code}`, (text) => {
    if (isPressed || !text.includes(before)) return;
    isPressed = true;
    kernel.interrupt();
  });
}
Deno.test("Stop ends a cell and keeps the variables; when idle, it does nothing", async () => {
  await using kernel = await FrontEnd.start(front);
  await run(kernel, "let kept = 7; await new Promise((done) => setTimeout(done, 1000));");
  kernel.interrupt();
  for (const [code, before, shown] of endless) {
    const { reply, text } = await stopOnce(kernel, code, before);
    assert.equal(reply.status, "error", code);
    assert.match(text.slice(-300), shown);
    assert.equal((await run(kernel, "kept")).text, "7", code);
  }
});

Deno.test("the kernel restarts if a cell cannot be stopped, and says that variables are lost", async () => {
  await using kernel = await FrontEnd.start(front);
  await run(kernel, "let kept = 7; await new Promise((done) => setTimeout(done, 1000));");
  const { text } = await stopOnce(
    kernel,
    "new Deno.Command('sh', { args: ['-c', \"trap '' INT; sleep 60\"] }).outputSync()",
  );
  assert.match(
    text,
    /^begun\nThe run cannot be stopped\. So the kernel starts anew, and all variables are lost/,
  );
  assert.equal((await run(kernel, "typeof kept")).text, '"undefined"');
});

Deno.test("a flood of lines is batched, and cut off with a notice", async () => {
  await using kernel = await FrontEnd.start(front);
  const { text, messages } = await run(kernel, "for (let i = 0; i < 100_000; i++) console.log(i);");
  assert(messages < 100, `${messages} messages`);
  assert.match(text, /\n9999\n… more was printed than a page can show: what follows is left out\.\n$/);
  assert.equal(
    (await run(kernel, "for (let i = 0; i < 5000; i++) console.log(i);")).text.split("\n").length,
    5001,
  );
});

Deno.test("a flood of lines by a timer, after its cell has ended, is cut off as well", async () => {
  let text = "";
  await using kernel = await FrontEnd.start(front, ({ content }) => text += content.text ?? "");
  await run(kernel, "setTimeout(() => { for (let i = 0; i < 20_000; i++) console.log(i); }, 50); 0");
  await run(kernel, "await new Promise((done) => setTimeout(done, 500))");
  assert.match(text, /\n9999\n… more was printed than a page can show: what follows is left out\.\n$/);
});

Deno.test("foreign writes to the kernel's pipe, and cells that redefine globals, do no harm", async () => {
  await using kernel = await FrontEnd.start(front);
  await run(
    kernel,
    `new Deno.Command("sh", { args: ["-c", "echo nothing >&4"] }).outputSync(); JSON.stringify = () => "x";`,
  );
  assert.equal((await run(kernel, "console.log(1)")).text, "1\n");
  await run(
    kernel,
    "globalThis.Promise = class {};\nconst performance = 1, process = 2; globalThis.queueMicrotask = () => {};",
  );
  assert.equal((await run(kernel, "console.log(await 3); process")).text, "3\n2");
  assert.equal(await failure(kernel, "throw new Error('x')"), "Error: x\n    at In[5]:1:7");
});

Deno.test("a request to a dead kernel is answered, and the next cell reports its end", async () => {
  const replies: Message[] = [];
  await using kernel = await FrontEnd.start(
    front,
    (message, channel) => channel === "shell" && replies.push(message),
  );
  await run(kernel, "setTimeout(() => Deno.exit(3), 100)");
  await pause(500);
  kernel.send("shell", request("complete_request", { code: "slee", cursor_pos: 4 }, "session"));
  await until(() => replies.at(-1)?.header.msg_type === "complete_reply");
  assert.equal(replies.at(-1)!.content.status, "error");
  assert.match(await failure(kernel, "1"), /ended with exit code 3/);
  assert.equal((await run(kernel, "2")).text, "2");
});

Deno.test("a kernel that cannot be started says why in each cell", async () => {
  const nowhere = (file: string) => ["env", `${nodeVariable}=/no/node`, ...frontCommand("tslab")(file)];
  await using kernel = await FrontEnd.start(nowhere);
  for (let cell = 1; cell < 3; cell++) {
    assert.match(
      await failure(kernel, "1"),
      /^The run failed: Cannot start tslab: it runs on Node, .* So the kernel/,
    );
  }
});

Deno.test("a client that does not read blocks no others, and a forged request is ignored", async () => {
  await using kernel = await FrontEnd.start(front);
  const { connection } = kernel;
  using stalled = await Socket.connect("SUB", connection.iopub_port);
  stalled.send([new Uint8Array([1])]);
  using forger = await Socket.connect("DEALER", connection.shell_port);
  forger.send(
    encodeMessage(request("execute_request", { code: "globalThis.forged = 1" }, "s"), "another key"),
  );
  for (let i = 0; i < 20; i++) await run(kernel, "console.log('x'.repeat(1e6))");
  assert.equal((await run(kernel, "typeof forged")).text, '"undefined"');
});

Deno.test("the kernel listens only on loopback, and ends with its parent, leaving nothing behind", async () => {
  if (Deno.build.os === "windows") return;
  const connection = newConnection(freePorts(5));
  using folder = tempFolder();
  const file = Deno.makeTempFileSync(); // its path has no space
  Deno.writeTextFileSync(file, JSON.stringify(connection));
  const command = front(file).map((word) => `'${word}'`).join(" ");
  const parent = new Deno.Command("sh", {
    args: ["-c", `${command} & sleep 60`],
    stdout: "null",
    stderr: "null",
  }).spawn();
  let shell: Socket | undefined;
  while (!(shell = await Socket.connect("DEALER", connection.shell_port).catch(() => undefined)));
  const begun = join(folder.path, "begun");
  const code = `Deno.writeTextFileSync(${JSON.stringify(begun)}, ""); for (;;);`;
  shell.send(encodeMessage(request("execute_request", { code }, "s"), connection.key));
  await until(() => Deno.stat(begun).then(() => true, () => false));
  const others = Deno.networkInterfaces().filter(({ family, address }) =>
    family === "IPv4" && !address.startsWith("127.")
  );
  for (const { address: hostname } of others) {
    await assert.rejects(
      Deno.connect({ hostname, port: connection.shell_port }),
      Deno.errors.ConnectionRefused,
    );
  }
  const processes = async () => {
    const { stdout } = await new Deno.Command("ps", { args: ["-eo", "pid,ppid,args"] }).output();
    return new TextDecoder().decode(stdout).split("\n").map((line) => line.trim().split(/\s+/));
  };
  const all = await processes();
  const [mine] = all.find(([_, __, ...args]) => args.at(-2) === file && args[0] !== "sh")!;
  const pids = [mine, ...all.filter(([_, ppid]) => ppid === mine).map(([pid]) => pid)];
  assert.equal(pids.length, 2);
  parent.kill("SIGKILL");
  await parent.status;
  shell[Symbol.dispose]();
  Deno.removeSync(file);
  await until(async () => !(await processes()).some(([pid]) => pids.includes(pid)));
});

Deno.test("the kernel describes lib's names by signature and comment, others by value", async () => {
  const replies: Message[] = [];
  await using kernel = await FrontEnd.start(
    front,
    (message, channel) => channel === "shell" && replies.push(message),
  );
  await run(
    kernel,
    'import { EventLoop, sleep } from "@course/lib";\nconst loop = new EventLoop(); let items = 20;',
  );
  const ask = async (type: string, content: Message["content"]) => {
    kernel.send("shell", request(type, content, "session"));
    await until(() => replies.at(-1)?.header.msg_type === type.replace("request", "reply"));
    return replies.pop()!.content;
  };
  const inspected = async (code: string, cursor_pos = code.length) =>
    (await ask("inspect_request", { code, cursor_pos, detail_level: 0 })).data["text/plain"];
  assert.match(
    await inspected("sleep"),
    /^function sleep\(seconds: number\): Future<void>\n\nWaits for /,
  );
  assert.match(await inspected("await sleep(1)", 12), /^function sleep/);
  assert.match(await inspected("loop.createTask"), /^createTask<.*Task<T>\n\nCreates a task/);
  const use = "async function f(data: Queue<string>) {\n  data.get();\n}";
  assert.match(await inspected(use, use.indexOf("get") + 1), /^get\(\): Future<T>\n\nTakes the item/);
  assert.equal(await inspected("items"), "20");
  assert.equal(await inspected("nowhere"), undefined);
  const completed = await ask("complete_request", { code: "slee", cursor_pos: 4 });
  const [sleep] = completed.metadata._jupyter_types_experimental;
  assert.deepEqual([sleep.text, sleep.type, sleep.start, sleep.end], ["sleep", "function", 0, 4]);
  assert.match(sleep.signature, /^function sleep\(seconds: number\)/);
  const imported = await ask("complete_request", { code: "import { EventLoop, Que", cursor_pos: 23 });
  assert.deepEqual(imported.matches.filter((name: string) => name === "Queue"), ["Queue"]);
});

Deno.test("lines of a cell have the same order as in Deno's own kernel", async () => {
  const code = `const settled = Promise.resolve(), pending = new Promise((done) => setTimeout(done, 5));
pending.then(() => console.log("then 1")).then(() => console.log("then 2")).then(() => console.log("then 3"));
settled.then(() => console.log("a")).then(() => console.log("b")).then(() => console.log("c"));
console.log("start");
await settled; console.log("after settled");
await { then(done) { done(); } }; console.log("after a thenable");
await pending; console.log("after pending");
for await (const x of [pending, 2]) console.log("item");
console.log("end");`;
  await using own = await FrontEnd.start(deno.argv);
  await using ours = await FrontEnd.start(front);
  const wait = "\nawait new Promise((done) => setTimeout(done, 500));"; // else its last lines come after "idle"
  const expected = (await run(own, code + wait)).text;
  assert.equal(expected.split("\n").length, 14);
  assert.equal((await run(ours, code)).text, expected);
});
