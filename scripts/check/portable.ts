/** A plugin for `deno lint`: it finds in a notebook's cells what only one of the two kernels can run. @module */

/** The constructs that are refused, as selectors of nodes, each with the reason. */
const refused: Record<string, string> = {
  "[source.value=/^([.\\x2f]|(https?|jsr|npm):|tslab$)/]":
    "this import: one of the kernels knows no such; import from @course/lib, or a built-in module by node:",
  "Identifier[name=/^(Deno|process|require)$/]":
    "Deno, process, require: the kernels differ in these; lib and import do what the course needs",
  "ExportAllDeclaration, ExportNamedDeclaration, ExportDefaultDeclaration":
    "export: tslab exports all names of a cell itself, and refuses another export",
  'MetaProperty[meta.name="import"]': "import.meta: it is a syntax error in a cell of Deno's kernel",
  "VariableDeclaration[kind=/using/]": "using: tslab's TypeScript 5.0 does not know it; use try and finally",
  "AwaitExpression[argument.callee.type=/Function/], ForOfStatement[await=true]":
    "for await, or await of a function that is called where it is written: outside of a function tslab does not wait " +
    "for them; write a function with a name, and await that",
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
  const visitor: Deno.lint.LintVisitor = {};
  for (const [selector, message] of Object.entries(refused)) {
    visitor[selector] = (node: Deno.lint.Node) => mayStand(node) || context.report({ node, message });
  }
  return visitor;
}

export default { name: "portable", rules: { cells: { create } } } satisfies Deno.lint.Plugin;
