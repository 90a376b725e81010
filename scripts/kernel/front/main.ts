/** The course's kernel, as started by Jupyter: `deno run -A main.ts CONNECTION_FILE KERNEL`. @module */
import { kernelNamed } from "../kinds.ts";
import { Front } from "./front.ts";

const [file, name] = Deno.args;
const front = new Front(JSON.parse(Deno.readTextFileSync(file)), kernelNamed(name));

Deno.addSignalListener("SIGINT", () => void front.interrupt());
if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => Deno.exit(143));

// Exits when the front end that started it is gone.
const parent = Deno.ppid;
setInterval(() => Deno.ppid === parent || Deno.exit(0), 1000);
