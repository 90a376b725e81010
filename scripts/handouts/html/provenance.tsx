import type { HandoutDocument } from "../document/document.ts";
import type { Provenance } from "../document/facts.ts";

export type { Provenance } from "../document/facts.ts";

/** The foot of a page: enough to make it again. Without a document, of the index. */
export function Footer({ document, provenance }: { document?: HandoutDocument; provenance: Provenance }) {
  const versions = Object.entries(provenance.versions ?? {});
  const kernel = provenance.kernel ?? document?.kernel;
  return (
    <footer>
      <h2>How this page was made</h2>
      <dl>
        {document && (
          <div>
            <dt>Notebook</dt>
            <dd>{document.name}.ipynb, {document.edition}’s edition</dd>
          </div>
        )}
        {document && document.parameters.length > 0 && (
          <div>
            <dt>Parameters</dt>
            <dd>{document.parameters.map(({ name, value }) => <code key={name}>{name} = {value}</code>)}</dd>
          </div>
        )}
        {kernel && (
          <div>
            <dt>Kernel</dt>
            <dd>{kernel}</dd>
          </div>
        )}
        {versions.length > 0 && (
          <div>
            <dt>Versions</dt>
            <dd>{versions.map(([name, version]) => `${name} ${version}`).join(", ")}</dd>
          </div>
        )}
      </dl>
    </footer>
  );
}
