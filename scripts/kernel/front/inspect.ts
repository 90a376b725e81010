/** Describes a name for a front end: by signature and doc comment if it is lib's, otherwise by its value. @module */
import { type Doc, docs } from "../../common/docs.ts";
import type { Message } from "../messages.ts";

type Content = Message["content"];

/** Describes the value of an expression, by its class and its text. */
type Describe = (expression: string) => Promise<{ type?: string; text?: string }>;

/** Returns the name at a place in the code, or of the function called there, as in `loop.createTask`; empty if there is none. */
function nameAt(code: string, cursor: number): string {
  const letters = [...code];
  const before = letters.slice(0, cursor).join(""), after = letters.slice(cursor).join("");
  const word = (/[\w$.]*$/.exec(before)?.[0] ?? "") + (/^[\w$]*/.exec(after)?.[0] ?? "");
  const name = /[A-Za-z_$]/.test(word) ? word : /([\w$.]+)\([^()]*$/.exec(before)?.[1] ?? "";
  return /^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/.test(name) ? name : "";
}

/** Returns the content of an `inspect_reply` for a place in the code. */
export async function inspect(code: string, cursor: number, describe: Describe): Promise<Content> {
  const name = nameAt(code, cursor);
  const data = name ? await bundleOf(name, code, describe) : undefined;
  return { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} };
}

async function bundleOf(name: string, code: string, describe: Describe) {
  const [, object, member] = /^(?:(.*)\.)?(.*)$/.exec(name)!;
  const type = object ? classIn(code, object) ?? (await describe(object)).type : undefined;
  const doc = type ? (await docs(`${type}.${member}`)).get(member) : (await all()).get(name);
  if (doc) {
    const { signature, comment } = doc;
    const markdown = `\`\`\`typescript\n${signature}\n\`\`\`\n\n${comment}`;
    return { "text/plain": `${signature}\n\n${comment}`, "text/markdown": markdown };
  }
  const { text } = await describe(name);
  return text === undefined ? undefined : { "text/plain": text };
}

/** Returns a variable's class as the code declares it, for example `data: Queue<Item>` or `data = new Queue()`: a parameter has no value yet. */
function classIn(code: string, name: string): string | undefined {
  const escaped = name.replaceAll("$", "\\$");
  return new RegExp(`(?<![\\w$.])${escaped}\\s*(?::|=\\s*new\\s)\\s*([A-Z]\\w*)`).exec(code)?.[1];
}

/** Adds the signatures of lib's names to a `complete_reply`, and within an `import` all of lib's names. */
export async function complete(code: string, cursor: number, reply: Content): Promise<Content> {
  const known = await all();
  const before = [...code].slice(0, cursor).join("");
  const start = /\bimport\s*\{(?:[^}]*[\s,])?([\w$]*)$/.exec(before)?.[1];
  const names = start === undefined ? [] : known.keys().filter((name) => name.startsWith(start));
  const matches = [...new Set([...names, ...reply.matches as string[]])];
  const place = start === undefined ? {} : { cursor_start: cursor - start.length, cursor_end: cursor };
  const { cursor_start, cursor_end } = { ...reply, ...place };
  const types = matches.map((text) => {
    const { signature = "" } = known.get(text) ?? {};
    const type = /^(?:async )?(function|class)/.exec(signature)?.[1] ?? "";
    return { text, type, signature, start: cursor_start, end: cursor_end };
  });
  return { ...reply, ...place, matches, metadata: { _jupyter_types_experimental: types } };
}

let everything: Promise<Map<string, Doc>> | undefined;
const all = () => everything ??= docs();
