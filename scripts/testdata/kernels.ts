/** The kernels that tests run under: tslab where Node is found. @module */
import { deno, type KernelKind } from "../kernel/kernel.ts";
import { tslab } from "../kernel/tslab.ts";

/** Both kernels; Deno's alone, with a sentence, where the other cannot be had. */
export async function kernelsForTests(): Promise<KernelKind[]> {
  try {
    await tslab.prepare?.();
    return [deno, tslab];
  } catch (error) {
    console.error(`Skipped under tslab: ${error instanceof Error ? error.message : error}`);
    return [deno];
  }
}
