/** Other programs. @module */

/** A flag for V8: else it unrolls some loops in such a way that nothing can end them, and they run until the memory is full. */
export const keepLoopsEndable = "--no-turboshaft-loop-unrolling";

/** Runs a command to its end, without colours; undefined where it cannot be started. */
export async function outputOf([program, ...args]: readonly string[], options: Deno.CommandOptions = {}) {
  const env = { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  try {
    const { code, stdout, stderr } = await new Deno.Command(program, { args, env, stdin: "null", ...options })
      .output();
    return { code, stdout: text(stdout), stderr: text(stderr) };
  } catch {
    return undefined;
  }
}

/** Runs Deno itself to its end. */
export async function deno(args: readonly string[], options?: Deno.CommandOptions) {
  return (await outputOf([Deno.execPath(), ...args], options))!;
}

/** Sends a signal to a program that was started `detached`, and to all that it has started. */
export function signalGroup(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    if (Deno.build.os === "windows") child.kill(signal);
    else Deno.kill(-child.pid, signal);
  } catch { /* it is gone */ }
}
