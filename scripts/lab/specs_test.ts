import assert from "node:assert/strict";
import { join } from "node:path";
import { outputOf } from "../common/command.ts";
import { root } from "../common/project.ts";
import { noTslab, testWith } from "../testdata/needs.ts";
import { tempFolder } from "../testdata/notebooks.ts";
import { lastingDeno, removeSpecs, userKernels, writeSpecs } from "./specs.ts";

testWith(await noTslab, "writeSpecs() writes specs that removeSpecs() removes", async () => {
  using folder = tempFolder();
  for (let time = 0; time < 2; time++) {
    const written = await writeSpecs(folder.path);
    assert.deepEqual(written, ["deno", "tslab"].map((name) => join(folder.path, name)));
  }
  const spec = JSON.parse(await Deno.readTextFile(join(folder.path, "deno", "kernel.json")));
  assert.deepEqual(spec.argv.slice(-3), [
    join(root, "scripts/kernel/front/main.ts"),
    "{connection_file}",
    "deno",
  ]);
  assert.equal(spec.interrupt_mode, "message");
  assert.equal((await removeSpecs(folder.path)).length, 2);
  assert.deepEqual([...Deno.readDirSync(folder.path)], []);
});

Deno.test("writeSpecs() and removeSpecs() leave somebody else's kernel alone", async () => {
  for (const content of ['{"display_name":"Deno"}', "no JSON", undefined]) {
    using folder = tempFolder();
    const file = join(folder.path, "deno", "kernel.json");
    await Deno.mkdir(join(folder.path, "deno"));
    if (content !== undefined) await Deno.writeTextFile(file, content);
    const { error } = console;
    const lines: string[] = [];
    console.error = (line: string) => void lines.push(line);
    const written = await writeSpecs(folder.path).finally(() => console.error = error);
    assert(!written.includes(join(folder.path, "deno")));
    assert.match(
      lines.join("\n"),
      /There is already another kernel in .*deno\. .* move that folder/,
    );
    assert(!(await removeSpecs(folder.path)).includes(join(folder.path, "deno")));
    assert.equal(await Deno.readTextFile(file).catch(() => undefined), content);
  }
});

Deno.test("userKernels() is where Jupyter looks on each system", () => {
  const of = (os: typeof Deno.build.os, env: Record<string, string>) => userKernels(os, (name) => env[name]);
  assert.equal(of("linux", { HOME: "/h" }), "/h/.local/share/jupyter/kernels");
  assert.equal(of("linux", { HOME: "/h", XDG_DATA_HOME: "/x" }), "/x/jupyter/kernels");
  assert.equal(of("darwin", { HOME: "/h" }), "/h/Library/Jupyter/kernels");
  assert.equal(of("darwin", { HOME: "/h", JUPYTER_DATA_DIR: "/j" }), "/j/kernels");
});

Deno.test("lastingDeno() returns a Deno that outlives npx's cache", async () => {
  assert.equal(await lastingDeno(), Deno.execPath());
  using folder = tempFolder();
  const cache = join(folder.path, "_npx", "node_modules", "deno");
  await Deno.mkdir(cache, { recursive: true });
  await Deno.copyFile(Deno.execPath(), join(cache, "deno-of-npx"));
  const lasting = await lastingDeno(join(cache, "deno-of-npx"));
  try {
    await Deno.remove(cache, { recursive: true });
    assert.equal((await outputOf([lasting, "--version"]))!.code, 0);
  } finally {
    await Deno.remove(lasting);
  }
});
