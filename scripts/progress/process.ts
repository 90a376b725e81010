/** Processes for learners' notebooks: without permissions, with limits on time and memory. @module */
import { join } from "node:path";
import { deno, keepLoopsEndable } from "../common/command.ts";
import { CourseError } from "../common/errors.ts";
import { root } from "../common/project.ts";
import type { Asked, Told } from "./inside.ts";
import type { Step } from "./steps.ts";

/** The limits of a process: megabytes of memory, and characters of output. */
const MOST = { heap: 512, memory: 1500, characters: 1e6 };

const program = ["--quiet", "--config", join(root, "deno.json"), join(import.meta.dirname!, "inside.ts")];
const limits = `--v8-flags=--max-old-space-size=${MOST.heap},${keepLoopsEndable}`;
const args = ["run", "--no-prompt", "--no-remote", "--cached-only", limits, ...program];

/** Fetches the packages that the processes need, as they may fetch none themselves. */
export async function prepareProcesses(): Promise<void> {
  const { code, stderr } = await deno(["cache", ...program]);
  if (code !== 0) throw new CourseError(`Cannot fetch the packages that notebooks need: ${stderr.trim()}`);
}

/** The result of a notebook: what is wrong with each exercise, an empty text if it is green; and notes. */
export type Outcome = { exercises: Map<string, string>; notes: string[] };

/** Limits of a run: a signal that ends it, and the seconds for a cell or a check, which takes seven at the most. */
export type Limits = { signal: AbortSignal; seconds?: number };

/** Runs the steps. If one ends the process, or has to be stopped, the others are run again without it. */
export async function runSteps(steps: Step[], { signal, seconds = 10 }: Limits): Promise<Outcome> {
  const outcome: Outcome = { exercises: new Map(), notes: [] };
  for (let rest = steps; rest.length > 0;) {
    let at = -1;
    const why = await runProcess(rest, signal, seconds, (told) => {
      if ("check" in told) outcome.exercises.set(told.check, told.why);
      if ("step" in told) at = told.step;
    });
    signal.throwIfAborted();
    if (!why) break;
    if (at < 0) throw new CourseError(`Cannot run a notebook: it ${why} before its first cell.`);
    const { check, cell } = rest[at];
    if (check) outcome.exercises.set(check, why);
    else outcome.notes.push(`cell ${cell} ${why}`);
    rest = rest.filter((_, step) => step !== at);
  }
  return outcome;
}

/** Runs steps in one process. Returns the reason why it ended early; an empty text if it did not. */
async function runProcess(steps: Step[], signal: AbortSignal, seconds: number, onTold: (told: Told) => void) {
  const asked: Asked = { secret: crypto.randomUUID(), steps };
  const options = { stdin: "piped", stdout: "piped", stderr: "null", signal } as const;
  const child = new Deno.Command(Deno.execPath(), { args, ...options }).spawn();
  let why: string | undefined;
  const end = (reason: string) => {
    why ??= reason;
    try {
      child.kill("SIGKILL");
    } catch { /* it is gone */ }
  };
  let deadline = Infinity;
  const watch = setInterval(async () => {
    if (performance.now() > deadline) end(`does not end within ${seconds} s`);
    const pages = (await Deno.readTextFile(`/proc/${child.pid}/statm`).catch(() => "")).split(" ")[1] ?? 0; // on Linux
    if (4096 * Number(pages) > 1e6 * MOST.memory) end("fills the memory");
  }, 50);
  const input = new Blob([JSON.stringify(asked)]).stream().pipeTo(child.stdin).catch(() => {});
  let [text, characters] = ["", 0];
  for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
    if ((characters += piece.length) > MOST.characters) end("writes without end");
    const lines = (text + piece).split("\n");
    text = lines.pop()!;
    for (const line of lines.filter((line) => line.startsWith(asked.secret))) {
      const told: Told = JSON.parse(line.slice(asked.secret.length));
      if ("over" in told) why ??= "";
      if ("step" in told) deadline = performance.now() + 1000 * seconds;
      onTold(told);
    }
  }
  clearInterval(watch);
  const { signal: killed } = await child.status;
  await input;
  return why ?? (killed ? "fills the memory" : "ends the process, or waits for ever");
}
