/** A plugin for `deno lint` that finds code that only one of the two kernels can run. @module */

/** The constructs that are refused, as AST selectors, each with the reason. */
const refused: Record<string, string> = {
  "[source.value=/^([.\\x2f]|(https?|jsr|npm):|tslab$)/]":
    "this import: one of the kernels cannot resolve it; import from @course/lib, or a built-in module with node:",
  "Identifier[name=/^(Deno|process|require)$/]":
    "Deno, process, require: they differ between the kernels; use lib and import",
  "ExportAllDeclaration, ExportNamedDeclaration, ExportDefaultDeclaration":
    "export: tslab itself exports all names of a cell, and refuses another export",
  'MetaProperty[meta.name="import"]': "import.meta: it is a syntax error in Deno's kernel",
  "VariableDeclaration[kind=/using/]": "using: tslab's TypeScript 5.0 lacks it; use try and finally",
  "AwaitExpression[argument.callee.type=/Function/], ForOfStatement[await=true]":
    "for await, or await of an immediately called function: outside a function, tslab does not wait for it; " +
    "write a named function, and await that",
};

function create(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  // deno-lint-ignore no-explicit-any
  const isAllowed = (node: any): boolean => {
    const { type, parent } = node;
    if (type === "Identifier") return !parent.computed && (parent.property === node || parent.key === node);
    // Inside a function, both kernels wait.
    return /^(Await|ForOf)/.test(type) &&
      context.sourceCode.getAncestors(node).some(({ type }) => /Function|Method/.test(type));
  };
  const visitor: Deno.lint.LintVisitor = {};
  for (const [selector, message] of Object.entries(refused)) {
    visitor[selector] = (node: Deno.lint.Node) => isAllowed(node) || context.report({ node, message });
  }
  return visitor;
}

export default { name: "portable", rules: { cells: { create } } } satisfies Deno.lint.Plugin;
