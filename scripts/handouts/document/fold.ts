import { h, hasClass, linesOf, type Node } from "./tree.ts";

/** Shows ten lines of a long log, and the others on demand. */
export function folded(content: Node[], isLog = false): Node[] {
  return content.flatMap((node): Node[] => {
    if (typeof node === "string") return [node];
    const lines = isLog && node.tag === "pre" ? linesOf(node.children) : [];
    if (lines.at(-1)?.length === 0) lines.pop();
    if (lines.length < 15) return [{ ...node, children: folded(node.children, hasClass(node, "text")) }];
    const [head, rest] = [lines.slice(0, 10), lines.slice(10)]
      .map((lines) => h("pre", {}, ...lines.flatMap((line) => [...line, "\n"])));
    const summary = h("summary", {}, `${rest.children.filter((it) => it === "\n").length} more lines`);
    return [head, h("details", { class: "more" }, summary, rest)];
  });
}
