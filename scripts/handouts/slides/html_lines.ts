/** Lines of HTML that was text, each with the tags closed that it opens: a line can then stand on any slide. */
export function htmlLines(html: string): string[] {
  const open: string[] = [];
  return html.replace(/\n$/, "").split("\n").map((line) => {
    const before = open.join("");
    for (const tag of line.match(/<span[^>]*>|<\/span>/g) ?? []) {
      tag === "</span>" ? open.pop() : open.push(tag);
    }
    return before + line + "</span>".repeat(open.length);
  });
}

/** The text of such a line. */
export function textOfLine(html: string): string {
  return html.replace(/<[^>]*>/g, "").replace(/&(?:#\d+|\w+);/g, "x");
}
