import { CourseError } from "../common/errors.ts";
import { deno, type KernelKind } from "./kernel.ts";
import { tslab } from "./tslab.ts";

/** The kernels that the course runs under; the first is the default. */
export const kernelKinds: readonly KernelKind[] = [deno, tslab];

/** Returns the kernel of a name. */
export function kernelNamed(name: string): KernelKind {
  const kind = kernelKinds.find((kind) => kind.name === name);
  if (kind) return kind;
  const names = kernelKinds.map((kind) => kind.name).join(" and ");
  throw new CourseError(`Cannot run under the kernel ${JSON.stringify(name)}: there are ${names}.`);
}
