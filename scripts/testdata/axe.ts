/** The findings of axe on a page. @module */
import axe from "axe-core";
import type { Page } from "playwright-core";

const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The faults of a page by WCAG 2.2 AA, each with the first element that has it. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async (values) => {
    // deno-lint-ignore no-explicit-any
    const { violations } = await (globalThis as any).axe.run({ runOnly: { type: "tag", values } });
    // deno-lint-ignore no-explicit-any
    return violations.map((it: any) => `${it.id}: ${it.nodes[0].html}`);
  }, levels);
}
