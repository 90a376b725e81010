import { denoKernel } from "./deno_kernel.ts";
import type { Host } from "./host.ts";
import { page } from "./page.ts";
import { terminal } from "./terminal.ts";
import { tslab } from "./tslab.ts";

/** The host of this process. */
export const host: Host = denoKernel() ?? tslab() ?? page() ?? terminal;
