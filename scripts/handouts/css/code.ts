/** The colours of code and terminal text, which share them; white and black are the page's own ink, which both papers show. @module */

const classes: Readonly<Record<string, string>> = {
  red: ".ansi-red-fg",
  green: ".ansi-green-fg,.hljs-string,.hljs-regexp,.hljs-template-variable",
  yellow: ".ansi-yellow-fg",
  orange: ".hljs-number",
  blue: ".ansi-blue-fg",
  magenta: ".ansi-magenta-fg,.hljs-keyword,.hljs-literal,.hljs-meta",
  link: ".hljs-title",
  cyan: ".ansi-cyan-fg,.hljs-title.class_,.hljs-type,.hljs-built_in",
  ink: ".ansi-white-fg,.ansi-black-fg,.hljs-subst",
  comment: ".hljs-comment",
  soft: ".ansi-dim",
  paper: '[class*="ansi-"][class*="-bg"]',
};
const grounds = ["red", "green", "yellow", "blue", "magenta", "cyan"];

/** The rules as CSS. */
export default [
  ...Object.entries(classes).map(([colour, names]) => `${names}{color:var(--${colour})}`),
  ...grounds.map((colour) => `.ansi-${colour}-bg{background:var(--${colour})}`),
  ".ansi-white-bg,.ansi-black-bg{background:var(--ink)}",
  ".hljs-comment,.ansi-italic{font-style:italic}",
  ".ansi-bold{font-weight:700}",
  ".ansi-underline{text-decoration:underline}",
  ".ansi-strikethrough{text-decoration:line-through}",
].join("\n");
