import type { MimeBundle, Notebook, Output } from "../../notebook/notebook.ts";

/** The parts of a cell that a test names; the rest is made up. */
export interface CellSketch {
  id?: string;
  markdown?: string;
  code?: string;
  tags?: string[];
  outputs?: Output[];
  attachments?: Record<string, MimeBundle>;
}

/** A small notebook for tests. */
export function notebook(...cells: CellSketch[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
    cells: cells.map(({ id, markdown, code, tags, outputs, attachments }, index) => {
      const base = { id: id ?? `c${index + 1}`, metadata: tags ? { tags } : {} };
      return code === undefined
        ? { ...base, cell_type: "markdown", source: markdown ?? "", attachments }
        : { ...base, cell_type: "code", source: code, execution_count: index + 1, outputs: outputs ?? [] };
    }),
  };
}

/** An output of printed text. */
export function stream(text: string, name: "stdout" | "stderr" = "stdout"): Output {
  return { output_type: "stream", name, text };
}

/** An output of a display. */
export function display(data: MimeBundle): Output {
  return { output_type: "display_data", data, metadata: {} };
}

/** Gives the test a folder of its own, which is gone afterwards. */
export async function inFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
