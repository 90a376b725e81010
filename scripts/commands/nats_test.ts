import assert from "node:assert/strict";
import { join } from "node:path";
import { root } from "../common/project.ts";
import { type CodeCell, readNotebook, writeNotebook } from "../notebook/notebook.ts";
import { executeNotebook } from "../run/execute.ts";
import { isNatsThere, natsAddress } from "../run/nats.ts";
import { notebookOf, outputsOf, printedBy, tempFolder } from "../testdata/notebooks.ts";
import { noNats, testWith } from "../testdata/needs.ts";
import { until } from "../testdata/until.ts";

const taken = await isNatsThere() ? "a NATS server is there already" : undefined;

function start(...command: string[]): Deno.ChildProcess {
  const args = ["run", "-A", "--quiet", join(root, "scripts", "course.ts"), ...command];
  return new Deno.Command(Deno.execPath(), { args, stdin: "null", stdout: "piped", stderr: "piped" }).spawn();
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

testWith(
  taken,
  "Cells tagged nats keep their outputs without a server, and the run says so",
  async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.ipynb");
    const given = notebookOf(["throw new Error('no server')", "nats"], "console.log(1 + 1)", ["2", "nats"]);
    const run = async () => {
      await writeNotebook(path, given);
      const { code, stderr } = await start("run", path).output();
      assert.equal(code, 0);
      const notebook = await readNotebook(path);
      assert.deepEqual(outputsOf(notebook, 1), outputsOf(given, 1));
      assert.equal(printedBy(notebook, 2), "2\n");
      return decode(stderr).split("\n")[1];
    };
    const left = `${path}: 2 cells did not run: there is no NATS server. Earlier outputs are kept. ` +
      "Start one with deno task nats.";
    assert.equal(await run(), left);
    outputsOf(given, 1).push({ output_type: "stream", name: "stdout", text: "from a server" });
    assert.equal(await run(), left);
    const handouts = start("handouts", path, "--run", "--format", "md", "--out", join(folder.path, "out"));
    assert.ok(decode((await handouts.output()).stdout).includes(left.replace(path, "a.ipynb")));
  },
);

Deno.test("A cell tagged nats is counted with and without a server, so that no other cell depends on it", async () => {
  const { notebook } = await executeNotebook(notebookOf(["1", "nats"], ["2", "skip-execution"], "3"));
  const [, , last] = notebook.cells as CodeCell[];
  assert.equal(last.execution_count, 2);
  assert.partialDeepStrictEqual(last.outputs, [{ execution_count: 2 }]);
});

testWith(
  taken ?? await noNats,
  "deno task nats says that another program may be using its port",
  async () => {
    const listener = Deno.listen(natsAddress);
    try {
      const { code, stderr } = await start("nats").output();
      assert.equal(code, 1);
      assert.match(decode(stderr), /^NATS exited with code 1\. Is another program using its port, 4222\?\n$/);
    } finally {
      listener.close();
    }
  },
);

testWith(
  taken ?? await noNats,
  "Notebook 12 loses nothing when a consumer is killed; its server ends with the process that started it",
  async () => {
    const server = start("nats");
    await until(isNatsThere);
    const second = await start("nats").output();
    assert.match(decode(second.stdout), /A NATS server is already running on port 4222/);
    const path = join(root, "notebooks", "12-beyond-one-machine.ipynb");
    const { notebook } = await executeNotebook(await readNotebook(path), { path });
    const outputs = JSON.stringify(notebook.cells.find(({ id }) => id === "plot"));
    assert.match(outputs, /A was killed: all 20 items are handled, \d came again/);
    server.kill("SIGKILL");
    await Promise.all([server.stdout.cancel(), server.stderr.cancel(), server.status]);
    await until(async () => !await isNatsThere());
  },
);
