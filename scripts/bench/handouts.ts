// How fast the handouts are made from notebooks that have run, against nbconvert where there is one: on the PATH, or at
// the path in JUPYTER. Nothing is run, nothing is written but nbconvert's own pages, in a temporary folder.
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type FormatName, formats } from "../handouts/build/formats.ts";
import { renderHandouts } from "../handouts/build/handouts.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { courseNotebooks, courseTitle } from "../common/project.ts";

const all = Object.keys(formats) as FormatName[];
const aim = { seconds: 3, times: 10, page: 400_000 };
const paths = await courseNotebooks();
const notebooks = await Promise.all(
  paths.map(async (name) => ({ name, notebook: await readNotebook(name) })),
);
const empty = notebooks.filter(({ notebook }) =>
  notebook.cells.every((cell) => cell.cell_type !== "code" || cell.outputs.length === 0)
);
if (empty.length > 0) {
  console.log(`Without outputs, hence too easy: ${empty.map(({ name }) => basename(name)).join(", ")}`);
}

function render(wanted: FormatName[]) {
  return renderHandouts(notebooks, { title: courseTitle, formats: wanted, editions: ["student", "teacher"] });
}

/** The median of five runs after one that warms up, in seconds. */
async function seconds(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 6; i++) {
    const start = performance.now();
    await work();
    times.push((performance.now() - start) / 1000);
  }
  return times.slice(1).sort((a, b) => a - b)[2];
}

function row(what: string, measured: string, verdict = ""): void {
  console.log(`${what.padEnd(46)}${measured.padStart(12)}  ${verdict}`);
}

console.log(`${notebooks.length} notebooks, two editions, warm, on ${navigator.hardwareConcurrency} cores`);
for (const format of all) row(format, `${(await seconds(() => render([format]))).toFixed(3)} s`);
const inAll = await seconds(() => render(all));
row(
  "all formats",
  `${inAll.toFixed(3)} s`,
  inAll <= aim.seconds ? `ok, the aim is ${aim.seconds} s` : `TOO SLOW, the aim is ${aim.seconds} s`,
);

const set = await render(all);
const size = (content: string | Uint8Array) =>
  typeof content === "string" ? new TextEncoder().encode(content).length : content.length;
for (const format of all) {
  const { folder, ending } = formats[format];
  const files = [...set].filter(([name]) => name.startsWith(`teacher/${folder}`) && name.endsWith(ending))
    .filter(([name]) => folder !== "" || name.split("/").length === 2);
  const [name, content] = files.reduce((a, b) => size(a[1]) >= size(b[1]) ? a : b);
  const isPage = ending === ".html";
  const verdict = !isPage
    ? ""
    : size(content) < aim.page
    ? "ok, the aim is 400 kB"
    : "TOO LARGE, the aim is 400 kB";
  row(`largest: ${name}`, `${Math.ceil(size(content) / 1000)} kB`, verdict);
}

await against("html", "html", []);
await against("pdf", "webpdf", ["--disable-chromium-sandbox"]);

/** One edition in one format against nbconvert's, which starts anew for a course: that is how people run it. */
async function against(format: FormatName, peer: string, more: string[]): Promise<void> {
  const jupyter = Deno.env.get("JUPYTER") ?? "jupyter";
  const folder = await Deno.makeTempDir();
  const nbconvert = async (args: string[]) => {
    const command = {
      args: ["nbconvert", ...args],
      stdout: "null",
      stderr: "piped",
    } satisfies Deno.CommandOptions;
    try {
      return await new Deno.Command(jupyter, command).output();
    } catch {
      return undefined; // there is no such program
    }
  };
  try {
    if (!(await nbconvert(["--version"]))?.success) {
      return row(`nbconvert --to ${peer}`, "skipped", "no nbconvert on the PATH; name a jupyter in JUPYTER");
    }
    let last: Deno.CommandOutput | undefined;
    const theirs = await fastest(async () => {
      last = await nbconvert(["--to", peer, "--output-dir", folder, ...more, ...paths]);
    });
    const made = [...Deno.readDirSync(folder)].filter(({ name }) => /\.(html|pdf)$/.test(name));
    if (!last?.success || made.length < paths.length) {
      const why = new TextDecoder().decode(last?.stderr).trim().split("\n").at(-1)?.slice(0, 100);
      return row(`nbconvert --to ${peer}`, "skipped", `it failed: ${why}`);
    }
    const ours = await seconds(() =>
      renderHandouts(notebooks, { title: courseTitle, formats: [format], editions: ["teacher"] })
    );
    const largest = Math.max(...made.map(({ name }) => Deno.statSync(join(folder, name)).size));
    row(
      `nbconvert --to ${peer}`,
      `${theirs.toFixed(3)} s`,
      `its largest file has ${Math.ceil(largest / 1000)} kB`,
    );
    row(`${format}, one edition`, `${ours.toFixed(3)} s`, timesFaster(theirs / ours));
    const cold = await coldSeconds(format, folder);
    const what = `${format}, one edition, a process of its own`;
    if (cold === undefined) row(what, "skipped", "the command failed");
    else row(what, `${cold.toFixed(3)} s`, `${(theirs / cold).toFixed(0)} times faster, cold`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function timesFaster(times: number): string {
  return `${times.toFixed(0)} times faster; ${
    times >= aim.times ? "ok" : "TOO SLOW"
  }, the aim is ${aim.times}`;
}

async function fastest(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 2; i++) {
    const start = performance.now();
    await work();
    times.push((performance.now() - start) / 1000);
  }
  return Math.min(...times);
}

/** The whole command in a process of its own, with reading and writing; nothing where it fails. */
async function coldSeconds(format: FormatName, folder: string): Promise<number | undefined> {
  const script = fileURLToPath(import.meta.resolve("../course.ts"));
  const out = join(folder, "ours");
  const args = ["run", "-A", script, "handouts", "--format", format, "--edition", "teacher", "--out", out];
  let isGood = false;
  const time = await fastest(async () => {
    isGood =
      (await new Deno.Command(Deno.execPath(), { args, stdout: "null", stderr: "null" }).output()).success;
  });
  return isGood ? time : undefined;
}
