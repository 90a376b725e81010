/** A plugin for `deno lint`: it finds in a notebook's cells what only one of the two kernels can run. @module */

/** The constructs that are refused, as selectors of nodes, each with the reason. */
const refused: Record<string, string> = {
  "[source.value=/^[.\\x2f]/]":
    "a relative import: Deno needs its .ts, and tslab allows none; import from @course/lib",
  "[source.value=/^(https?|jsr|npm):/]":
    "an import by https:, jsr: or npm:: Node knows none of these; import from @course/lib, or a built-in module by node:",
  '[source.value="tslab"]': "tslab: only tslab has it; write show from @course/lib",
  'CallExpression[callee.name="require"]': "require: Deno's kernel has none; write import",
  "ExportAllDeclaration, ExportNamedDeclaration, ExportDefaultDeclaration":
    "export: tslab exports all names of a cell itself, and refuses another export",
  'MetaProperty[meta.name="import"]': "import.meta: it is a syntax error in a cell of Deno's kernel",
  "VariableDeclaration[kind=/using/]": "using: tslab's TypeScript 5.0 does not know it; use try and finally",
  'Identifier[name="Deno"]':
    "Deno: there is none under tslab, which runs on Node; lib does what the course needs",
  'Identifier[name="process"]':
    "process: Deno and Node differ in what it holds; lib does what the course needs",
  "AwaitExpression[argument.callee.type=/Function/]":
    "await of a function that is called where it is written: tslab takes `await (async () => …)()` for no expression; " +
    "give the function a name",
  "ForOfStatement[await=true]":
    "for await outside of a function: tslab does not see that its cell must be asynchronous; put it into an async " +
    "function, and await that",
};

function create(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  // deno-lint-ignore no-explicit-any
  const mayStand = (node: any): boolean => {
    const { type, parent } = node;
    if (type === "Identifier") return !parent.computed && (parent.property === node || parent.key === node);
    // Inside of a function both kernels know how to wait.
    return /^(Await|ForOf)/.test(type) &&
      context.sourceCode.getAncestors(node).some(({ type }) => /Function|Method/.test(type));
  };
  return Object.fromEntries(
    Object.entries(refused).map(([selector, message]) => [
      selector,
      (node: Deno.lint.Node) => mayStand(node) || context.report({ node, message }),
    ]),
  );
}

export default { name: "portable", rules: { cells: { create } } } satisfies Deno.lint.Plugin;
