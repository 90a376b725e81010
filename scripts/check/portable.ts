/** A plugin for `deno lint`: it finds in a notebook's cells what only one of the two kernels can run. @module */

// deno-lint-ignore no-explicit-any
type Node = any;

/** A rule that reports each node that the selector finds and that `is` one. */
function rule(
  selector: string,
  message: string,
  is: (node: Node, ancestors: Node[]) => boolean = () => true,
) {
  const create = (context: Deno.lint.RuleContext): Deno.lint.LintVisitor => ({
    [selector]: (node: Node) => {
      if (is(node, context.sourceCode.getAncestors(node))) context.report({ node, message });
    },
  });
  return { create };
}

/** A rule for the use of a global; neither `a.process` nor the key of `{ process: 1 }` is one. */
function globalRule(name: string, message: string) {
  return rule(`Identifier[name="${name}"]`, `${name}: ${message}`, (node) => {
    const { parent } = node;
    return parent.computed || parent.property !== node && parent.key !== node;
  });
}

const imports = "ImportDeclaration, ImportExpression, ExportAllDeclaration, ExportNamedDeclaration";

/** A rule for imports from what the pattern finds. */
function importRule(from: RegExp, message: string) {
  return rule(`:matches(${imports})`, message, ({ source }) => from.test(source?.value ?? ""));
}

/** True for a node that is in a cell itself, and in no function of it. */
const isOutermost = (_: Node, ancestors: Node[]) =>
  !ancestors.some(({ type }) => /Function|Method/.test(type));

export default {
  name: "portable",
  rules: {
    "no-import-meta": rule(
      'MetaProperty[meta.name="import"]',
      "import.meta: it is a syntax error in a cell of Deno's kernel",
    ),
    "no-relative-import": importRule(
      /^\.{0,2}\//,
      "a relative import: Deno needs its .ts, and tslab allows none; import from @course/lib",
    ),
    "no-import-by-scheme": importRule(
      /^(https?|jsr|npm):/,
      "an import by https:, jsr: or npm:: Node knows none of these; import from @course/lib, or a built-in module by node:",
    ),
    "no-await-of-function": rule(
      "AwaitExpression[argument.callee.type=/Function/]",
      "await of a function that is called where it is written: tslab takes `await (async () => …)()` for no expression; " +
        "give the function a name",
      isOutermost,
    ),
    "no-outer-for-await": rule(
      "ForOfStatement[await=true]",
      "for await outside of a function: tslab does not see that its cell must be asynchronous; put it into an async " +
        "function, and await that",
      isOutermost,
    ),
    "no-using": rule(
      "VariableDeclaration[kind=/using/]",
      "using: tslab's TypeScript 5.0 does not know it; use try and finally",
    ),
    "no-export": rule(
      ":matches(ExportAllDeclaration, ExportNamedDeclaration, ExportDefaultDeclaration)",
      "export: tslab exports all names of a cell itself, and refuses another export",
    ),
    "no-deno": globalRule(
      "Deno",
      "there is none under tslab, which runs on Node; lib does what the course needs",
    ),
    "no-process": globalRule(
      "process",
      "Deno and Node differ in what it holds; lib does what the course needs",
    ),
    "no-require": rule(
      'CallExpression[callee.name="require"]',
      "require: Deno's kernel has none; write import",
    ),
    "no-tslab": importRule(/^tslab$/, "tslab: only tslab has it; write show from @course/lib"),
  },
} satisfies Deno.lint.Plugin;
