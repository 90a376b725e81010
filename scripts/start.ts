/** The first thing that runs: an old Deno could not even read the rest. @module */
import { tooOldDeno } from "./versions.ts";

const trouble = tooOldDeno(Deno.version.deno);
if (trouble) {
  console.error(trouble);
  Deno.exit(1);
}
const { main } = await import("./course.ts");
Deno.exit(await main(Deno.args));
