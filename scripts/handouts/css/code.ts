/** The colours of code and of terminal text. Terminals' white and black become the page's ink, which is legible in light and dark. @module */

const ansi = ["red", "green", "yellow", "blue", "magenta", "cyan"];
const code = {
  green: "string regexp template-variable",
  magenta: "keyword literal meta number",
  link: "title",
  cyan: "title.class_ type built_in",
  ink: "subst",
  soft: "comment",
};

/** The rules as CSS. */
export default [
  ...ansi.map((colour) =>
    `.ansi-${colour}-fg{color:var(--${colour})}.ansi-${colour}-bg{background:var(--${colour})}`
  ),
  ...Object.entries(code).map(([colour, names]) =>
    `.hljs-${names.replaceAll(" ", ",.hljs-")}{color:var(--${colour})}`
  ),
  ".ansi-white-bg,.ansi-black-bg{background:var(--ink)}",
  ".ansi-dim{color:var(--soft)}",
  '[class*="ansi-"][class*="-bg"]{color:var(--paper)}',
  ".hljs-comment,.ansi-italic{font-style:italic}",
  ".ansi-bold{font-weight:700}",
  ".ansi-underline{text-decoration:underline}",
  ".ansi-strikethrough{text-decoration:line-through}",
].join("\n");
