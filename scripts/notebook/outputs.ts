/**
 * A kernel's messages become a notebook's outputs, as JupyterLab 4 would store them.
 *
 * @module
 */
import { checkOutput, type Output } from "./notebook.ts";
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
  /** Why the first output that no notebook can hold is left out; undefined where there was none. */
  malformed?: string;

  constructor(displays: Displays = new Map()) {
    this.#displays = displays;
  }

  /** Takes one message from the kernel's iopub channel; those that are no outputs are passed over. */
  add({ header, content }: { header: { msg_type: string }; content: Content }): void {
    const { execution_count, ename, evalue, traceback } = content;
    const displayId = content.transient?.display_id;
    if (displayId && displayTypes.has(header.msg_type)) this.#update(displayId, content);
    switch (header.msg_type) {
      case "stream":
        return this.#print(content.name, content.text);
      case "execute_result":
        return void this.#push({ ...shown(content), output_type: "execute_result", execution_count });
      case "display_data":
        if (this.#push({ ...shown(content), output_type: "display_data" }) && displayId) {
          this.#remember(displayId);
        }
        return;
      case "error":
        return void this.#push({ output_type: "error", ename, evalue, traceback });
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
    if (typeof text !== "string") return void this.#checked({ output_type: "stream", name, text });
    if (this.#mayMerge && !this.#clearsNext && last?.output_type === "stream" && last.name === name) {
      return last.text.add(text);
    }
    if (!this.#push({ output_type: "stream", name, text: "" })) return;
    this.#mayMerge = true;
    this.#print(name, text);
  }

  #push(output: unknown): boolean {
    const checked = this.#checked(output);
    if (!checked) return false;
    if (this.#clearsNext) this.#clear();
    this.#mayMerge = false;
    this.#list.push(checked.output_type === "stream" ? { ...checked, text: new StreamText() } : checked);
    return true;
  }

  /** The output; undefined, and that is noted, where no notebook can hold it. */
  #checked(output: unknown): Output | undefined {
    const result = checkOutput(output);
    if ("output" in result) return result.output;
    this.malformed ??= result.wrong;
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
    const output = this.#checked({ ...shown(content), output_type: "display_data" });
    for (const { outputs, index, isGone } of output ? this.#displays.get(displayId) ?? [] : []) {
      if (!isGone) outputs[index] = output as Live;
    }
  }
}

const displayTypes = new Set(["display_data", "update_display_data", "execute_result"]);

function shown({ data, metadata = {} }: Content): Content {
  return { data, metadata };
}
