/**
 * A kernel's messages become a notebook's outputs, as JupyterLab 4 would store them.
 *
 * @module
 */
import type { MimeBundle, Output } from "./notebook.ts";
import { StreamText } from "./stream_text.ts";

// deno-lint-ignore no-explicit-any
type Content = Record<string, any>;

type Live = Exclude<Output, { output_type: "stream" }> | {
  output_type: "stream";
  name: string;
  text: StreamText;
};

/** The outputs that have a display id, of the whole notebook: an update reaches those of earlier cells too. */
export type Displays = Map<string, { outputs: Live[]; index: number; isGone: boolean }[]>;

/** Collects the outputs of one cell. Give the cells of a notebook the same `displays`. */
export class Outputs {
  #list: Live[] = [];
  #displayed: { isGone: boolean }[] = [];
  #clearsNext = false;
  #mayMerge = false;
  readonly #displays: Displays;

  constructor(displays: Displays = new Map()) {
    this.#displays = displays;
  }

  /** Takes one message from the kernel's iopub channel; those that are no outputs are passed over. */
  add({ header, content }: { header: { msg_type: string }; content: Content }): void {
    const displayId = content.transient?.display_id;
    if (displayId && displayTypes.has(header.msg_type)) this.#update(displayId, content);
    switch (header.msg_type) {
      case "stream":
        return this.#print(content.name, content.text);
      case "execute_result":
        return this.#push({
          output_type: "execute_result",
          ...bundle(content),
          execution_count: content.execution_count,
        });
      case "display_data":
        this.#push({ output_type: "display_data", ...bundle(content) });
        if (displayId) this.#remember(displayId);
        return;
      case "error":
        return this.#push({
          output_type: "error",
          ename: content.ename,
          evalue: content.evalue,
          traceback: content.traceback,
        });
      case "clear_output":
        this.#mayMerge = false;
        if (content.wait) this.#clearsNext = true;
        else this.#clear();
    }
  }

  /** The outputs so far. */
  toJSON(): Output[] {
    return this.#list.map((output) =>
      output.output_type === "stream" ? { ...output, text: String(output.text) } : output
    );
  }

  #print(name: string, text: string): void {
    const last = this.#list.at(-1);
    if (this.#mayMerge && !this.#clearsNext && last?.output_type === "stream" && last.name === name) {
      return last.text.add(text);
    }
    const stream = new StreamText();
    stream.add(text);
    this.#push({ output_type: "stream", name, text: stream });
    this.#mayMerge = true;
  }

  #push(output: Live): void {
    if (this.#clearsNext) this.#clear();
    this.#mayMerge = false;
    this.#list.push(output);
  }

  #clear(): void {
    this.#list.length = 0;
    this.#clearsNext = false;
    this.#mayMerge = false;
    for (const place of this.#displayed) place.isGone = true;
    this.#displayed = [];
  }

  #remember(displayId: string): void {
    const place = { outputs: this.#list, index: this.#list.length - 1, isGone: false };
    this.#displayed.push(place);
    this.#displays.set(displayId, [
      ...this.#displays.get(displayId)?.filter((it) => !it.isGone) ?? [],
      place,
    ]);
  }

  #update(displayId: string, content: Content): void {
    for (const { outputs, index, isGone } of this.#displays.get(displayId) ?? []) {
      if (!isGone) outputs[index] = { output_type: "display_data", ...bundle(content) };
    }
  }
}

const displayTypes = new Set(["display_data", "update_display_data", "execute_result"]);

function bundle(content: Content): { data: MimeBundle; metadata: Record<string, unknown> } {
  return { data: content.data, metadata: content.metadata ?? {} };
}
