/** A plugin for `deno lint`: it finds in a notebook's cells what only one of the two kernels can run. @module */

// deno-lint-ignore no-explicit-any
type Node = any;

/** Imports that only one kernel can follow, each with the reason. */
const sources: [from: RegExp, message: string][] = [
  [/^\.{0,2}\//, "a relative import: Deno needs its .ts, and tslab allows none; import from @course/lib"],
  [
    /^(https?|jsr|npm):/,
    "an import by https:, jsr: or npm:: Node knows none of these; import from @course/lib, or a built-in module by node:",
  ],
  [/^tslab$/, "tslab: only tslab has it; write show from @course/lib"],
];

/** Globals that only one kernel has, each with the reason. */
const globals: Record<string, string> = {
  Deno: "there is none under tslab, which runs on Node; lib does what the course needs",
  process: "Deno and Node differ in what it holds; lib does what the course needs",
};

const exported = "ExportAllDeclaration, ExportNamedDeclaration, ExportDefaultDeclaration";

function create(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const refuse = (message: string) => (node: Node) => context.report({ node, message });
  const outermost = (message: string) => (node: Node) => {
    const isInside = context.sourceCode.getAncestors(node).some(({ type }) => /Function|Method/.test(type));
    if (!isInside) context.report({ node, message });
  };
  return {
    [`:matches(ImportDeclaration, ImportExpression, ${exported})`](node: Node) {
      for (const [from, message] of sources) {
        if (from.test(node.source?.value ?? "")) context.report({ node, message });
      }
    },
    Identifier(node: Node) {
      const { name, parent } = node;
      const isName = !parent.computed && (parent.property === node || parent.key === node); // a.process, { process: 1 }
      if (Object.hasOwn(globals, name) && !isName) {
        context.report({ node, message: `${name}: ${globals[name]}` });
      }
    },
    'MetaProperty[meta.name="import"]': refuse(
      "import.meta: it is a syntax error in a cell of Deno's kernel",
    ),
    "AwaitExpression[argument.callee.type=/Function/]": outermost(
      "await of a function that is called where it is written: tslab takes `await (async () => …)()` for no expression; " +
        "give the function a name",
    ),
    "ForOfStatement[await=true]": outermost(
      "for await outside of a function: tslab does not see that its cell must be asynchronous; put it into an async " +
        "function, and await that",
    ),
    "VariableDeclaration[kind=/using/]": refuse(
      "using: tslab's TypeScript 5.0 does not know it; use try and finally",
    ),
    [`:matches(${exported})`]: refuse(
      "export: tslab exports all names of a cell itself, and refuses another export",
    ),
    'CallExpression[callee.name="require"]': refuse("require: Deno's kernel has none; write import"),
  };
}

export default { name: "portable", rules: { cells: { create } } } satisfies Deno.lint.Plugin;
