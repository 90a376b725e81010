"use strict";

/** The same code with `{ speed }` written as `{ speed: speed }`. Lines stay as they are. */
function spellOut(ts, source) {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022);
  const found = [];
  const visit = (node) => {
    if (ts.isShorthandPropertyAssignment(node) && !node.objectAssignmentInitializer) found.push(node.name);
    ts.forEachChild(node, visit);
  };
  visit(file);
  let text = source;
  for (const name of found.reverse()) {
    text = `${text.slice(0, name.end)}: ${name.text}${text.slice(name.end)}`;
  }
  return text;
}

module.exports = { spellOut };
