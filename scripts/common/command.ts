/** Runs other programs. @module */

/** A V8 flag. Without it, V8 unrolls some endless loops in a way that makes them impossible to terminate. */
export const keepLoopsEndable = "--no-turboshaft-loop-unrolling";

/** Runs a command to completion, without colours; returns undefined if it cannot be started. */
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

/** Runs Deno itself to completion. */
export async function deno(args: readonly string[], options?: Deno.CommandOptions) {
  return (await outputOf([Deno.execPath(), ...args], options))!;
}

/** Signals a process that was started `detached`, together with its descendants. */
export function signalGroup(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    if (Deno.build.os === "windows") child.kill(signal);
    else Deno.kill(-child.pid, signal);
  } catch { /* it has already exited */ }
}
