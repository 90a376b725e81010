import { parseHTML } from "linkedom";

const { document } = parseHTML("<!doctype html><html><body></body></html>");

/** An HTML table as GitHub's Markdown; nothing where it is more than a table of text. */
export function gfmTable(html: string): string | undefined {
  const box = document.createElement("div");
  box.innerHTML = html.trim();
  const tables = box.querySelectorAll("table");
  const table = tables[0];
  if (tables.length !== 1 || table.parentElement !== box || box.childNodes.length !== 1) return;
  if (table.querySelector("[colspan], [rowspan], ul, ol, img, svg, pre, caption")) return;
  const [head, ...body] = [...table.querySelectorAll("tr")].map((row) => [...row.children]);
  if (!head || body.some((row) => row.length !== head.length)) return;
  const rows = [head, ...body].map((row) => row.map((cell) => escapeCell(cell.textContent)));
  const sides = head.map((_, column) => body.length > 0 && body.every((row) => isRight(row[column])));
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (row: string[]) =>
    `| ${
      row.map((cell, at) => sides[at] ? cell.padStart(widths[at]) : cell.padEnd(widths[at])).join(" | ")
    } |`;
  const rule = widths.map((width, at) => sides[at] ? "-".repeat(width - 1) + ":" : "-".repeat(width));
  return [line(rows[0]), `| ${rule.join(" | ")} |`, ...rows.slice(1).map(line)].join("\n");
}

function isRight(cell: Element): boolean {
  return /text-align:\s*right/.test(cell.getAttribute("style") ?? "") ||
    cell.getAttribute("align") === "right";
}

function escapeCell(text: string): string {
  return escapeMarkdown(text.replace(/\s+/g, " ").trim());
}

/** Text as it stands, whatever Markdown would make of it. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~]/g, "\\$&").replace(/&(?=#?\w+;)/g, "&amp;");
}
