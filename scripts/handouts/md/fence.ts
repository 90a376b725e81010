/** Text as a fenced block, the fence longer than any in the text. */
export function fence(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const bar = "`".repeat(longest + 1);
  return `${bar}${language}\n${text.replace(/\r\n?/g, "\n").replace(/\n$/, "")}\n${bar}`;
}
