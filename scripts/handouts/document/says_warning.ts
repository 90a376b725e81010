import { withoutAnsi } from "./ansi.ts";
import type { CutText } from "./cut.ts";

/** Whether a text calls itself a warning, so that a label above it would say it twice. */
export function saysWarning({ head }: CutText): boolean {
  return /^\s*warning:/i.test(withoutAnsi(head.slice(0, 200)));
}
