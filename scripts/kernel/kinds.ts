import { CourseError } from "../common/errors.ts";
import { deno, type KernelKind } from "./kernel.ts";
import { tslab } from "./tslab.ts";

/** All kernels that the course runs under; the first is the one that is taken where none is named. */
export const kernelKinds: readonly KernelKind[] = [deno, tslab];

/** The kernel of this name. */
export function kernelNamed(name: string): KernelKind {
  const kind = kernelKinds.find((kind) => kind.name === name);
  if (kind) return kind;
  const names = kernelKinds.map((kind) => kind.name).join(" and ");
  throw new CourseError(`Cannot run under the kernel ${JSON.stringify(name)}: there are ${names}.`);
}
