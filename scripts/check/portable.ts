/** What only one of the two kernels can run. @module */
import { parse } from "@babel/parser";
import { basename } from "node:path";
import type { Notebook } from "../notebook/notebook.ts";

// deno-lint-ignore no-explicit-any
type Node = any;

/** Something that a cell must not do, and why. */
export interface Rule {
  /** Names it in a report. */
  what: string;
  why: string;
  /** Whether a node of the syntax tree is it; `parents` are the nodes around it, the innermost last. */
  is(node: Node, parents: Node[]): boolean;
}

const name = (node: Node): string | undefined => node?.type === "Identifier" ? node.name : undefined;
const imported = (node: Node): string | undefined =>
  /^(Import|Export\w*)Declaration$/.test(node.type)
    ? node.source?.value
    : node.type === "ImportExpression" || node.callee?.type === "Import"
    ? (node.source ?? node.arguments?.[0])?.value
    : undefined;
/** Whether it stands in a cell itself, and in no function of it. */
const isOutermost = (parents: Node[]) => !parents.some(({ type }) => /Function|Method/.test(type));
const isGlobal = (node: Node, parents: Node[], global: string) => {
  const parent = parents.at(-1);
  // In `{ process }`, the key is one node and the value another.
  const isKey = (parent?.type.endsWith("MemberExpression") && parent.property === node && !parent.computed) ||
    (/^(Object|Class|TS)\w*(Property|Method|Signature)$/.test(parent?.type ?? "") && parent.key === node);
  return name(node) === global && !isKey;
};

/** All rules, each for what one of the kernels cannot run, or is expected not to. */
export const rules: readonly Rule[] = [
  {
    what: "import.meta",
    why: "it is a syntax error in a cell of Deno's kernel",
    is: (node) => node.type === "MetaProperty" && node.meta.name === "import",
  },
  {
    what: "a relative import",
    why: "Deno needs its .ts, and tslab allows none; import from @course/lib",
    is: (node) => /^\.{0,2}\//.test(imported(node) ?? ""),
  },
  {
    what: "an import by https:, jsr: or npm:",
    why: "Node knows none of these; import from @course/lib, or a built-in module by node:",
    is: (node) => /^(https?|jsr|npm):/.test(imported(node) ?? ""),
  },
  {
    what: "await of a function that is called where it is written",
    why: "tslab takes `await (async () => …)()` for no expression; give the function a name",
    is: (node, parents) =>
      node.type === "AwaitExpression" && isOutermost(parents) &&
      node.argument.type === "CallExpression" && /Function/.test(node.argument.callee.type),
  },
  {
    what: "for await outside of a function",
    why:
      "tslab does not see that its cell must be asynchronous; put it into an async function, and await that",
    is: (node, parents) => node.type === "ForOfStatement" && node.await && isOutermost(parents),
  },
  {
    what: "using",
    why: "tslab's TypeScript 5.0 does not know it; use try and finally",
    is: (node) => node.type === "VariableDeclaration" && /using/.test(node.kind),
  },
  {
    what: "export",
    why: "tslab exports all names of a cell itself, and refuses another export",
    is: (node) => /^Export\w*Declaration$/.test(node.type),
  },
  {
    what: "Deno",
    why: "there is none under tslab, which runs on Node; lib does what the course needs",
    is: (node, parents) => isGlobal(node, parents, "Deno"),
  },
  {
    what: "process",
    why: "Deno and Node differ in what it holds; lib does what the course needs",
    is: (node, parents) => isGlobal(node, parents, "process"),
  },
  {
    what: "require",
    why: "Deno's kernel has none; write import",
    is: (node, parents) => isGlobal(node, parents, "require") && parents.at(-1)?.type === "CallExpression",
  },
  {
    what: "tslab",
    why: "only tslab has it; write show from @course/lib",
    is: (node) => imported(node) === "tslab",
  },
];

/** What only one of the kernels can run in the cells of notebooks: a line for each, with the reason. */
export function notPortable(notebooks: { path: string; notebook: Notebook }[]): string[] {
  return notebooks.flatMap(({ path, notebook }) =>
    notebook.cells.flatMap((cell, i) => {
      if (cell.cell_type !== "code") return [];
      return broken(cell.source).map(({ rule, line }) =>
        `${basename(path)}, cell ${i + 1}, line ${line}: ${rule.what}: ${rule.why}`
      );
    })
  );
}

/** The rules that code breaks, with the lines, counted from 1. What is no TypeScript breaks none; others tell of that. */
export function broken(code: string): { rule: Rule; line: number }[] {
  let program: Node;
  try {
    program = parse(code, {
      sourceType: "module",
      plugins: ["typescript"],
      errorRecovery: true,
      createImportExpressions: true,
    }).program;
  } catch {
    return [];
  }
  const found: { rule: Rule; line: number }[] = [];
  visit(program, [], (node, parents) => {
    for (const rule of rules) if (rule.is(node, parents)) found.push({ rule, line: node.loc.start.line });
  });
  return found;
}

function visit(node: Node, parents: Node[], look: (node: Node, parents: Node[]) => void): void {
  look(node, parents);
  for (const [key, value] of Object.entries(node)) {
    if (/^(loc|extra|\w+Comments)$/.test(key)) continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof (child as Node)?.type === "string") visit(child, [...parents, node], look);
    }
  }
}
