/** The course's kernel: `deno run -A main.ts CONNECTION_FILE KERNEL`, which is what Jupyter calls. @module */
import { kernelNamed } from "../kinds.ts";
import { Front } from "./front.ts";

const [file, name] = Deno.args;
const front = new Front(JSON.parse(Deno.readTextFileSync(file)), kernelNamed(name));

Deno.addSignalListener("SIGINT", () => void front.interrupt());
if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => Deno.exit(143));

// It ends with the front end that has started it.
const parent = Deno.ppid;
setInterval(() => Deno.ppid === parent || Deno.exit(0), 1000);
