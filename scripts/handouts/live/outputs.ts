/** Outputs as a live page shows them; they look as on the page that was written. @module */
import { terminalText } from "../document/ansi.ts";
import { folded } from "../document/fold.ts";
import { h, toHtml } from "../document/tree.ts";
import type { Told } from "./engine.ts";

/** Something below a cell. */
export type Shown =
  | { kind: "text"; name: "stdout" | "stderr"; text: string }
  | { kind: "data"; data: Record<string, unknown>; id?: string; run?: number }
  | { kind: "error"; text: string }
  | { kind: "note"; text: string }
  | { kind: "given"; html: string };

/** Adds what a worker tells to a cell's outputs. */
export function take(outputs: Shown[], told: Told): void {
  if (told.kind === "stream") {
    const last = outputs.at(-1);
    if (last?.kind === "text" && last.name === told.name) last.text += told.text;
    else outputs.push({ kind: "text", name: told.name, text: told.text });
  } else if (told.kind === "data") {
    const { id, data, run } = told;
    const before = outputs.find((it) => it.kind === "data" && id !== undefined && it.id === id);
    if (told.type === "update_display_data" && before) Object.assign(before, { data, run });
    else outputs.push({ kind: "data", data, id, run });
  } else if (told.kind === "done" && told.error) {
    const { name, message, line, frames } = told.error;
    const place = frames === "" && line !== undefined ? `\n    at line ${line}` : frames;
    outputs.push({ kind: "error", text: `${name}: ${message}${place}` });
  } else if (told.kind === "skip") {
    const stay = told.keeps ? outputs.filter(({ kind }) => kind !== "note") : [];
    outputs.splice(0, Infinity, ...stay, { kind: "note", text: told.why });
  }
}

/** Outputs as HTML. */
export function outputsHtml(outputs: Shown[]): string {
  return outputs.map(outputHtml).join("");
}

function outputHtml(output: Shown): string {
  if (output.kind === "given") return output.html;
  if (output.kind === "note") return toHtml(h("p", { class: "note" }, output.text));
  if (output.kind === "error") return text("error", output.text, "Error");
  if (output.kind === "text") {
    const isUnnamed = output.name === "stderr" && !/^\s*warning:/i.test(output.text);
    return text(output.name, output.text, isUnnamed ? "Warning" : undefined);
  }
  const { data } = output;
  if (data["image/svg+xml"]) return `<div class="picture" tabindex="0">${data["image/svg+xml"]}</div>`;
  if (data["text/html"]) {
    return `<div class="scroll rich" tabindex="0" role="group" aria-label="Result">${
      data["text/html"]
    }</div>`;
  }
  return text("result", String(data["text/plain"] ?? JSON.stringify(data)));
}

function text(kind: string, content: string, label?: string): string {
  const above = label ? [h("p", { class: "label" }, label)] : [];
  return toHtml(
    folded([h("div", { class: `text ${kind}` }, ...above, h("pre", {}, ...terminalText(content)))]),
  );
}
