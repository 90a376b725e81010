/** Turns a kernel's messages into a notebook's outputs, as JupyterLab 4 stores them. @module */
import { checkOutput, type Output } from "./nbformat.ts";
import { storedText } from "./stream_text.ts";

// deno-lint-ignore no-explicit-any
type Content = Record<string, any>;

/** The outputs of a whole notebook by display id: an update also reaches those of earlier cells. */
export type Displays = Map<string, Output[]>;

const outputTypes = ["stream", "execute_result", "display_data", "update_display_data", "error"];

/** Collects the outputs of one cell. All cells of a notebook share the same `displays`. */
export class Outputs {
  #list: Output[] = [];
  #clearsNext = false;
  /** The reason why the first invalid output was left out, if there was one. */
  malformed?: string;

  constructor(private readonly displays: Displays = new Map()) {}

  /** Adds a message from the kernel's iopub channel; messages other than outputs are ignored. */
  add({ header: { msg_type }, content }: { header: { msg_type: string }; content: Content }): void {
    if (msg_type === "clear_output") {
      if (!content.wait) this.#list = [];
      this.#clearsNext = content.wait;
    }
    if (!outputTypes.includes(msg_type)) return;
    const isUpdate = msg_type === "update_display_data";
    const result = checkOutput({ ...content, output_type: isUpdate ? "display_data" : msg_type });
    if ("wrong" in result) return void (this.malformed ??= result.wrong);
    const { output } = result;
    const id: string | undefined = output.output_type === "display_data" && content.transient?.display_id;
    const displayed = this.displays.get(id ?? "") ?? [];
    for (const shown of displayed) Object.assign(shown, output);
    if (isUpdate) return;
    if (id) this.displays.set(id, [...displayed, output]);
    if (this.#clearsNext) this.#list = [];
    this.#clearsNext = false;
    const last = this.#list.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      last.text += output.text; // the stream continues
    } else this.#list.push(output);
  }

  /** Returns the outputs so far. */
  toJSON(): Output[] {
    return this.#list.map((output) =>
      output.output_type === "stream" ? { ...output, text: storedText(output.text) } : output
    );
  }
}
