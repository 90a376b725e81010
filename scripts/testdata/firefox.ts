/** Firefox, by WebDriver BiDi: Playwright drives only a Firefox of its own. @module */
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { spawn } from "node:child_process";
import { tempFolder } from "./notebooks.ts";

/** A tab of Firefox. */
export interface Tab {
  open(url: string): Promise<void>;
  /** The value of an expression in JavaScript, which may be a promise: a string. */
  evaluate(expression: string): Promise<string>;
}

/** Calls `fn` with a tab of Firefox, in which `before`, a function's source, runs before each page's own scripts. */
export async function withFirefox(
  path: string,
  before: string,
  fn: (tab: Tab) => Promise<void>,
): Promise<void> {
  using profile = tempFolder();
  const args = ["--headless", "--no-remote", "--profile", profile.path, "--remote-debugging-port=0"];
  const process = spawn(path, args, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((end) => process.once("exit", end));
  try {
    const socket = new WebSocket(`${await address(process.stderr)}/session`);
    await new Promise((open) => socket.onopen = open);
    let last = 0;
    const answers = new Map<number, (answer: Answer) => void>();
    socket.onmessage = ({ data }) => {
      const answer: Answer = JSON.parse(data);
      answers.get(answer.id)?.(answer);
    };
    const send = async (method: string, params: object) => {
      const { result, message } = await new Promise<Answer>((answered) => {
        answers.set(++last, answered);
        socket.send(JSON.stringify({ id: last, method, params }));
      });
      if (!result) throw new Error(`${method}: ${message}`);
      return result;
    };
    await send("session.new", { capabilities: {} });
    await send("script.addPreloadScript", { functionDeclaration: before });
    const { contexts: [{ context }] } = await send("browsingContext.getTree", {});
    await fn({
      open: async (url) => void await send("browsingContext.navigate", { context, url, wait: "complete" }),
      async evaluate(expression) {
        const params = { expression, target: { context }, awaitPromise: true };
        const { result, exceptionDetails } = await send("script.evaluate", params);
        if (exceptionDetails) throw new Error(exceptionDetails.text);
        return result.value;
      },
    });
    await send("browser.close", {});
    socket.close();
  } finally {
    process.kill("SIGKILL");
    await ended;
  }
}

interface Answer {
  id: number;
  // deno-lint-ignore no-explicit-any
  result?: any;
  message?: string;
}

async function address(stderr: Readable): Promise<string> {
  for await (const line of createInterface({ input: stderr })) {
    const [url] = line.match(/ws:\/\/\S+/) ?? [];
    if (url) {
      stderr.resume();
      return url;
    }
  }
  throw new Error("Firefox has ended before it listened.");
}
