import type { MimeBundle } from "../../notebook/notebook.ts";
import { ansiToHtml } from "../document/ansi.ts";
import { balanceHtml } from "../document/balance.ts";
import type { CutText } from "../document/cut.ts";
import type { Block, CodeBlock, MarkdownBlock, WorkBlock } from "../document/document.ts";
import { highlightLines } from "../document/highlight.ts";
import { type MarkdownContext, parseMarkdown, renderMarkdown } from "../document/markdown.ts";
import type { OutputBlock } from "../document/outputs.ts";
import { Raster, Vector } from "./pictures.tsx";
import { saysWarning } from "../document/says_warning.ts";

/** What a block's HTML depends on beside the block. */
export interface BlockContext extends Omit<MarkdownContext, "attachment"> {
  language: string;
}

const labels = { solution: "Solution", teacher: "For the teacher" };

/** One block of a document as HTML. */
export function BlockView({ block, context }: { block: Block; context: BlockContext }) {
  const role = block.role ? ` ${block.role}` : "";
  return (
    <div class={`cell ${block.kind}${role}`} id={block.id}>
      {block.role && <p class="label">{labels[block.role]}</p>}
      {block.kind === "markdown"
        ? <Prose block={block} context={context} />
        : block.kind === "code"
        ? <Code block={block} context={context} />
        : <Work block={block} context={context} />}
    </div>
  );
}

function Prose({ block, context }: { block: MarkdownBlock; context: BlockContext }) {
  const attachment = (name: string) => attachedImage(block.attachments[name] ?? {});
  return <Html class="prose" html={renderMarkdown(block.tokens, { ...context, attachment })} />;
}

function Code({ block, context }: { block: CodeBlock; context: BlockContext }) {
  const which = block.count === null ? "" : ` of cell ${block.count}`;
  return (
    <>
      {block.source !== undefined && <Source block={block} source={block.source} context={context} />}
      {block.outputs.length > 0 && (block.predicted
        ? (
          <details class="answer">
            <summary>{block.outputs.some(isText) ? "Show what it prints" : "Show what it displays"}</summary>
            <Outputs outputs={block.outputs} which={which} context={context} />
          </details>
        )
        : <Outputs outputs={block.outputs} which={which} context={context} />)}
    </>
  );
}

function isText({ kind }: OutputBlock): boolean {
  return kind !== "data" && kind !== "note";
}

function Outputs(
  { outputs, which, context }: { outputs: OutputBlock[]; which: string; context: BlockContext },
) {
  return (
    <div class="outputs" role="group" aria-label={`Output${which}`}>
      {outputs.map((output, n) => <OutputView key={n} output={output} which={which} context={context} />)}
    </div>
  );
}

function Source({ block, source, context }: { block: CodeBlock; source: string; context: BlockContext }) {
  const code = (
    <pre class="code" tabindex={isWide(source) ? 0 : undefined}>
      {block.count !== null && <span class="count">[{block.count}]</span>}
      <code dangerouslySetInnerHTML={{ __html: highlightLines(source, context.language) }} />
    </pre>
  );
  return block.folded
    ? (
      <details>
        <summary>Show the code</summary>
        {code}
      </details>
    )
    : code;
}

/** Whether code is pushed aside on a phone, which a keyboard must be able to do as well. */
function isWide(source: string): boolean {
  return source.split("\n").some((line) => line.length > 40);
}

function Work({ block: { task, lines }, context }: { block: WorkBlock; context: BlockContext }) {
  return (
    <div role="group" aria-label="A place to work">
      {task === undefined ? <p class="label">Your turn</p> : (
        <pre class="code"><code
            dangerouslySetInnerHTML={{ __html: highlightLines(task, context.language) }}
          /></pre>
      )}
      <div class="lines" style={`--lines:${lines}`} />
    </div>
  );
}

function OutputView(
  { output, which, context }: { output: OutputBlock; which: string; context: BlockContext },
) {
  switch (output.kind) {
    case "stream":
      return (
        <Text
          text={output.text}
          kind={output.name}
          label={output.name === "stderr" && !saysWarning(output.text) ? "Warning" : undefined}
        />
      );
    case "error":
      return <Text text={output.text} kind="error" label="Error" />;
    case "text":
      return <Text text={output.text} kind="result" />;
    case "note":
      return <p class="note">{output.text}</p>;
    case "data":
      return <Data mime={output.mime} data={output.data} which={which} context={context} />;
  }
}

function Text({ text, kind, label }: { text: CutText; kind: string; label?: string }) {
  return (
    <div class={`text ${kind}`}>
      {label && <p class="label">{label}</p>}
      <Pre text={text.head} />
      {text.left && <p class="note">{text.left}</p>}
      {text.tail && <Pre text={text.tail} />}
    </div>
  );
}

function Pre({ text }: { text: string }) {
  // HTML drops a newline right after <pre>, so one more is written.
  return <pre dangerouslySetInnerHTML={{ __html: "\n" + ansiToHtml(text) }} />;
}

interface DataProps {
  mime: string;
  data: string;
  which: string;
  context: BlockContext;
}

function Data({ mime, data, which, context }: DataProps) {
  if (mime === "image/svg+xml") return <Vector source={data} ids={context.ids} alt={`Picture${which}`} />;
  if (mime.startsWith("image/")) return <Raster mime={mime} data={data} alt={`Picture${which}`} />;
  if (mime === "text/markdown") {
    const html = renderMarkdown(parseMarkdown(data), { ...context, attachment: () => undefined });
    return <Html class="prose" html={html} />;
  }
  if (mime === "text/html") {
    return (
      <div
        class="scroll rich"
        tabindex={0}
        role="group"
        aria-label={`Result${which}`}
        dangerouslySetInnerHTML={{ __html: balanceHtml(data, context) }}
      />
    );
  }
  return (
    <pre class="code json"><code dangerouslySetInnerHTML={{ __html: highlightLines(data, "json") }} /></pre>
  );
}

function Html({ html, ...rest }: { html: string; class: string }) {
  return <div {...rest} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** The first image of an attachment as a data: URL. */
export function attachedImage(bundle: MimeBundle): string | undefined {
  for (const [mime, data] of Object.entries(bundle)) {
    const text = String(data);
    if (mime === "image/svg+xml") return `data:${mime},${encodeURIComponent(text)}`;
    if (mime.startsWith("image/")) return `data:${mime};base64,${text.replace(/\s/g, "")}`;
  }
}
