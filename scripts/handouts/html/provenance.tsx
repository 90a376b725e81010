import type { HandoutDocument } from "../document/document.ts";
import { factsOf, type Provenance } from "../document/facts.ts";

export type { Provenance };

/** The foot of a page: enough to make it again. Without a document, of the index. */
export function Footer({ document, provenance }: { document?: HandoutDocument; provenance: Provenance }) {
  return (
    <footer>
      <h2>How this page was made</h2>
      <dl>
        {factsOf(document, provenance).map(({ name, values, code }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{code ? values.map((value) => <code key={value}>{value}</code>) : values.join(", ")}</dd>
          </div>
        ))}
      </dl>
    </footer>
  );
}
