/** Writes a text as HTML and SVG need it, between tags and in double quotes. */
export function escapeMarkup(text: string): string {
  const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (letter) => named[letter]);
}
