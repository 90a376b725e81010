import assert from "node:assert/strict";
import { join } from "node:path";
import { CourseError } from "../common/errors.ts";
import { root } from "../common/project.ts";
import { frame, listenAndSend } from "../testdata/peer.ts";
import { Channel } from "./channel.ts";
import { Kernel, KernelLost } from "./client.ts";
import { freePorts, newConnection } from "./connection.ts";
import { tempFolder } from "../testdata/notebooks.ts";
import { until } from "../testdata/until.ts";
import { deno, type KernelKind } from "./kernel.ts";
import { encodeMessage, type Published, request } from "./messages.ts";

/** Runs code; gives the reply and the messages of its output. */
async function run(kernel: Kernel, code: string, timeout = 30) {
  const messages: Published[] = [];
  const onMessage = (message: Published) => void messages.push(message);
  return { reply: await kernel.execute(code, { timeout, onMessage }), messages };
}

/** Deno's kernel, but with the paths of its connection files noted. */
function watched(argv = deno.argv): { kind: KernelKind; files: string[] } {
  const files: string[] = [];
  return { files, kind: { ...deno, argv: (file) => (files.push(file), argv(file)) } };
}

/** Returns true if nothing is left of the kernels with these connection files. */
async function assertGone(files: string[]): Promise<void> {
  assert(files.length > 0);
  for (const file of files) {
    assert.throws(() => Deno.statSync(file), Deno.errors.NotFound);
    if (Deno.build.os === "windows") continue;
    const { stdout } = await new Deno.Command("ps", { args: ["-eo", "args"] }).output();
    assert(!new TextDecoder().decode(stdout).includes(file), `a process is left: ${file}`);
  }
}

Deno.test("Kernel runs code, keeps its state, and leaves nothing behind", async () => {
  const { kind, files } = watched();
  {
    await using kernel = await Kernel.start(kind);
    assert.equal((await run(kernel, "let a = 20; console.log('x')")).messages[0].content.text, "x\n");
    const { reply, messages } = await run(kernel, "a + 1");
    assert.equal(reply.execution_count, 2);
    assert.match(messages[0].content.data["text/plain"], /21/);
    assert.throws(() => Deno.statSync(files[0]), Deno.errors.NotFound); // what is not there cannot be left behind
  }
  await assertGone(files);
});

Deno.test("Kernel's cells have an empty stdin, and reading it does not break Stop", async () => {
  await using kernel = await Kernel.start(deno);
  const read = `console.log(await Deno.stdin.read(new Uint8Array(9)), prompt("?"),
    (await import("node:fs")).readFileSync(0).length);`;
  const { messages } = await run(kernel, read, 5);
  assert.equal(messages.map(({ content }) => content.text).join(""), "null null 0\n");
  setTimeout(() => kernel.interrupt(), 100);
  assert.equal((await run(kernel, "await new Promise(() => {})", 10)).reply.ename, "Stopped");
});

Deno.test("Kernel's cells find deno, even if it is not on the parent's PATH", async () => {
  using folder = tempFolder(); // a process of its own: all tests have one environment
  const code = "console.log((await new Deno.Command('deno', { args: ['--version'] }).output()).code)";
  const program = `import { Kernel } from "${import.meta.resolve("./client.ts")}";
    import { deno } from "${import.meta.resolve("./kernel.ts")}";
    await using kernel = await Kernel.start(deno);
    const onMessage = ({ content }) => console.log(content.text);
    await kernel.execute(${JSON.stringify(code)}, { onMessage });`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--config", join(root, "deno.json"), program],
    env: { PATH: folder.path },
  }).output();
  assert.match(new TextDecoder().decode(stdout), /0/);
});

Deno.test("Channel.request() rejects when the kernel closes the channel, even if its process lives on", async () => {
  const peer = listenAndSend();
  using shell = await Channel.connect(peer.port, "key", AbortSignal.timeout(20_000));
  setTimeout(() => peer[Symbol.dispose](), 20);
  await assert.rejects(shell.request("execute_request", { code: "1" }), {
    message: "the connection broke: the kernel closed it",
  });
});

Deno.test("Kernel reports a name that lib does not export when it is used", async () => {
  await using kernel = await Kernel.start(deno);
  const code = 'import { now, type Run, slep, type MimeBundle as Bundle } from "@course/lib";';
  assert.equal((await run(kernel, code)).reply.status, "ok");
  const { reply } = await run(kernel, "slep(1);");
  assert.match(String(reply.evalue), /^@course\/lib has no slep: is the name misspelt\?$/);
  assert.equal((await run(kernel, "typeof now")).reply.status, "ok");
});

Deno.test("Kernel lets no cell declare a name that lib needs", async () => {
  await using kernel = await Kernel.start(deno);
  await run(kernel, 'import { EventLoop, experiment, sleep, timeline } from "@course/lib";');
  for (const code of ["class Map {}", "const Promise = 1;", "function Error() {}", "let Symbol;"]) {
    assert.match((await run(kernel, code)).reply.evalue ?? "", /^Identifier '\w+' has already been declared/);
  }
  const { messages } = await run(
    kernel,
    `const loop = () => new EventLoop();
    timeline(await experiment("a run", { quiet: true }, () => {
      const own = loop();
      return own.runUntilComplete(own.createTask(sleep, 1));
    }))`,
  );
  assert.match(messages.at(-1)?.content.data["text/plain"], /A lane for each of sleep/);
  await run(kernel, "class Event {}; class Task {}");
  assert.equal((await run(kernel, "(() => { class Map {} })(); var status = 1;")).reply.status, "ok");
});

Deno.test("Kernel runs an enum, and later cells see its imports and exports", async () => {
  await using kernel = await Kernel.start(deno);
  const code =
    'import { type Run, sleep } from "@course/lib";\nexport enum Pace { slow = 3 }\nexport const kept = 4;';
  assert.equal((await run(kernel, code)).reply.status, "ok");
  const { messages } = await run(kernel, "console.log(typeof sleep, Pace.slow, kept)");
  assert.match(messages[0].content.text, /^function .*3.* .*4/);
});

Deno.test("Kernel loses no output, even if it arrives after idle", async () => {
  await using kernel = await Kernel.start(deno);
  for (let round = 1; round <= 100; round++) {
    const { reply, messages } = await run(
      kernel,
      "for (let i = 0; i < 50; i++) { console.log(i); console.error(i); }\n" +
        "await Deno.jupyter.display({ 'text/plain': 'shown' }, { raw: true });\n'the result'",
    );
    const kinds = messages.map((it) => it.header.msg_type);
    assert.deepEqual(kinds, [...Array(100).fill("stream"), "display_data", "execute_result"]);
    assert.equal(messages.at(-1)!.content.execution_count, round);
    assert.equal(reply.execution_count, round);
  }
});

Deno.test("Kernel keeps prints of 5 MB whole", async () => {
  await using kernel = await Kernel.start(deno);
  for (let round = 0; round < 20; round++) {
    const { messages } = await run(kernel, "console.log('x'.repeat(5e6))");
    assert.equal(messages.reduce((sum, { content }) => sum + content.text.length, 0), 5e6 + 1);
  }
});

Deno.test("Kernel delivers an error after the output before it", async () => {
  await using kernel = await Kernel.start(deno);
  const { reply, messages } = await run(
    kernel,
    "for (let i = 0; i < 200; i++) console.log(i); throw new TypeError('x')",
  );
  assert.equal(reply.status, "error");
  const printed = messages.slice(0, -1).map(({ content }) => content.text).join("");
  assert.equal(printed, Array.from({ length: 200 }, (_, i) => `${i}\n`).join(""));
  assert.equal(messages.at(-1)!.content.ename, "TypeError");
});

Deno.test("Kernel has the same colours in every environment", async () => {
  Deno.env.set("NO_COLOR", "1");
  try {
    await using kernel = await Kernel.start(deno);
    assert.equal((await run(kernel, "1")).messages[0].content.data["text/plain"], "\x1b[33m1\x1b[39m");
  } finally {
    Deno.env.delete("NO_COLOR");
  }
});

Deno.test("Kernel.execute() times out, also on a background loop", async () => {
  for (
    const code of [
      "for (;;);",
      "await new Promise(() => {})",
      "setTimeout(() => { for (;;); }); await new Promise((go) => setTimeout(go, 50))",
    ]
  ) {
    await using kernel = await Kernel.start(deno);
    await assert.rejects(run(kernel, code, 0.2), KernelLost);
  }
});

Deno.test("Kernel.execute() reports how the kernel ended, after its output", async () => {
  const { kind, files } = watched();
  await using kernel = await Kernel.start(kind);
  const printed: string[] = [];
  const onMessage = ({ content }: Published) => void (content.text && printed.push(content.text));
  const code = "console.log('last words'); setTimeout(() => Deno.exit(3), 50); await new Promise(() => {})";
  await assert.rejects(kernel.execute(code, { onMessage }), (error) => {
    return error instanceof KernelLost && error.message === "the kernel ended with exit code 3";
  });
  assert.deepEqual(printed, ["last words\n"]);
  await assert.rejects(kernel.execute("1"), KernelLost);
  await assertGone(files);
});

Deno.test("Kernel.interrupt() stops busy cells, and waiting ones again and again", async () => {
  await using kernel = await Kernel.start(deno);
  const stop = async (code: string) => {
    const cell = run(kernel, code);
    await new Promise((go) => setTimeout(go, 20));
    assert(await kernel.interrupt(), code);
    assert.equal((await cell).reply.ename, "Stopped");
  };
  await stop("for (;;);");
  for (let press = 1; press <= 20; press++) await stop("await new Promise((go) => setTimeout(go, 60_000))");
});

Deno.test("Kernel.interrupt() abandons a cell during an import, and the module can still be imported", async () => {
  using folder = tempFolder();
  const modules = {
    busy: "for (const end = performance.now() + 500; performance.now() < end;);",
    waits: "await new Promise((go) => setTimeout(go, 500));",
  };
  await using kernel = await Kernel.start(deno, { cwd: folder.path });
  await run(kernel, "await new Promise((go) => setTimeout(go, 1500))"); // nothing in it hears Stop before
  for (const [name, code] of Object.entries(modules)) {
    Deno.writeTextFileSync(
      join(folder.path, `${name}.ts`),
      `console.log("loads");\n${code}\nexport default 7;`,
    );
    let pressed: Promise<boolean> | undefined;
    const { ename } = await kernel.execute(`import it from "./${name}.ts"; for (;;);`, {
      timeout: 10,
      onMessage: () => void (pressed ??= kernel.interrupt()),
    });
    assert(await pressed);
    assert.equal(ename, "Stopped");
    const { messages } = await run(kernel, `import again from "./${name}.ts"; console.log(again);`, 10);
    assert.deepEqual(messages.map(({ content }) => content.text), ["7\n"]);
  }
});

Deno.test("Kernel.execute() stops at a signal", async () => {
  const { kind, files } = watched();
  const controller = new AbortController();
  {
    await using kernel = await Kernel.start(kind);
    setTimeout(() => controller.abort(new Error("enough")), 50);
    await assert.rejects(kernel.execute("for (;;);", { signal: controller.signal }), /enough/);
  }
  await assert.rejects(Kernel.start(kind, { signal: controller.signal }), /enough/);
  await assertGone(files);
});

Deno.test("Kernel ends together with the processes started by its cells", async () => {
  if (Deno.build.os === "windows") return;
  const pid = await (async () => {
    await using kernel = await Kernel.start(deno);
    const { messages } = await run(
      kernel,
      "console.log(new Deno.Command('sleep', { args: ['60'] }).spawn().pid)",
    );
    return Number(messages[0].content.text);
  })();
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "args=", "-p", String(pid)] }).output();
  assert(!new TextDecoder().decode(stdout).includes("sleep 60"));
});

Deno.test("a kernel ends if its parent is killed before it is ready", async () => {
  if (Deno.build.os === "windows") return;
  using folder = tempFolder();
  const file = join(folder.path, "pid");
  const program = `import { KernelProcess } from "${import.meta.resolve("./process.ts")}";
    new KernelProcess(["sh", "-c", "echo $$ > pid; exec sleep 600"], { cwd: Deno.args[0], env: {} }, () => {});
    setInterval(() => {}, 1000);`;
  const started = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--config", join(root, "deno.json"), program, folder.path],
  }).spawn();
  const pid = () => Deno.readTextFileSync(file).trim();
  await until(() => Deno.stat(file).then(() => pid(), () => false));
  started.kill("SIGKILL");
  await started.status;
  await until(async () => {
    const { stdout } = await new Deno.Command("ps", { args: ["-o", "args=", "-p", pid()] }).output();
    return !new TextDecoder().decode(stdout).includes("sleep 600");
  });
});

Deno.test("Kernel ends, even if a daemon started by a cell lives on", async () => {
  if (Deno.build.os === "windows") return;
  const kernel = await Kernel.start(deno);
  const code = `console.log(new Deno.Command("sleep", {
    args: ["60"], detached: true, stdin: "null", stdout: "null", stderr: "null",
  }).spawn().pid)`;
  const { messages } = await run(kernel, code);
  const pid = Number(messages[0].content.text);
  const start = performance.now();
  await kernel[Symbol.asyncDispose]();
  assert(performance.now() - start < 10_000);
  Deno.kill(pid, "SIGKILL"); // it was there
});

Deno.test("Kernel.start() reports a kernel that does not start, and kills it", async () => {
  const { kind, files } = watched(() => ["sh", "-c", "echo its complaint >&2; exec sleep 60"]);
  await assert.rejects(
    Kernel.start(kind, { startTimeout: 1 }),
    { message: "Cannot start the kernel Deno (course): it was not ready after 1 s. It said: its complaint" },
  );
  await assertGone(files);
});

Deno.test("Kernel.start() reports a kernel that exited or does not exist", async () => {
  const { kind, files } = watched(() => ["sh", "-c", "echo its complaint; exit 4"]);
  await assert.rejects(Kernel.start(kind), {
    message:
      "Cannot start the kernel Deno (course): the kernel ended with exit code 4. It said: its complaint",
  });
  const { kind: missing } = watched(() => ["no-such-program"]);
  await assert.rejects(Kernel.start(missing), (error) => {
    return error instanceof CourseError &&
      /^Cannot start the kernel Deno \(course\): .*no-such-program/.test(error.message);
  });
  await assertGone(files);
});

Deno.test("Kernel.start() starts another kernel if the first is silent", async () => {
  let started = 0;
  const { kind, files } = watched((file) => started++ === 0 ? ["sleep", "60"] : deno.argv(file));
  await using kernel = await Kernel.start(kind, { startTimeout: 10 });
  assert.equal((await run(kernel, "1")).reply.status, "ok");
  assert.equal(started, 2);
  await kernel[Symbol.asyncDispose]();
  await assertGone(files);
});

Deno.test("Kernel.start() tries other ports if one has been taken", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { kind, files } = watched();
  for (let place = 0; place < 5; place++) {
    const connections = [newConnection(freePorts(5).with(place, listener.addr.port)), newConnection()];
    await using kernel = await Kernel.start(kind, { connect: () => connections.shift()! });
    assert.equal(connections.length, 0);
    assert.equal((await run(kernel, "1")).reply.status, "ok");
  }
  await assertGone(files);
});

Deno.test("Kernel.start() tries other ports if another program answers and hangs up", async () => {
  using stranger = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  (async () => {
    for await (const caller of stranger) {
      await caller.read(new Uint8Array(1)); // what it leaves unread makes a reset of its end
      caller.close();
    }
  })();
  let started = 0;
  const { kind, files } = watched((file) => started++ === 0 ? ["sleep", "60"] : deno.argv(file));
  const connections = [newConnection(Array(5).fill(stranger.addr.port)), newConnection()];
  await using kernel = await Kernel.start(kind, { connect: () => connections.shift()! });
  assert.equal((await run(kernel, "1")).reply.status, "ok");
  await kernel[Symbol.asyncDispose]();
  await assertGone(files);
});

Deno.test("Kernel rejects a message that is not signed with its key", async () => {
  const forged = frame(
    ...encodeMessage(request("status", { execution_state: "idle" }, "session"), "another key"),
  );
  using quiet = listenAndSend();
  using forger = listenAndSend(forged);
  const { kind, files } = watched(() => ["sleep", "60"]);
  const ports = freePorts(5).with(0, forger.port).with(3, quiet.port);
  await assert.rejects(Kernel.start(kind, { connect: () => newConnection(ports) }), {
    message:
      "Cannot start the kernel Deno (course): the connection broke: a message was refused: its signature is not our kernel's.",
  });
  await assertGone(files);
});
