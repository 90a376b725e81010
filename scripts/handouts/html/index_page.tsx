import type { Heading } from "../document/document.ts";
import type { Live } from "../live/data.tsx";
import { HeadingList, type PageOptions, Shell } from "./page.tsx";

/** A link from an index. */
interface IndexLink {
  label: string;
  href: string;
}

/** What an index leads to. */
export interface Index {
  /** The pages: each with what it is, its files in other formats, and its headings. */
  entries: (Partial<IndexLink> & { text?: string; links?: IndexLink[]; headings?: Heading[] })[];
  /** Files that hold the whole course. */
  books?: IndexLink[];
  live?: Live;
}

/** The first page of a folder of handouts. */
export function IndexPage({ options, entries, books, live }: Index & { options: PageOptions }) {
  const { title, edition, provenance } = options;
  return (
    <Shell {...{ title, options, live }}>
      <h1>{title}</h1>
      {edition === "teacher" && <p>Teacher’s edition</p>}
      {provenance?.byline && <p>{provenance.byline}</p>}
      <Links start="The whole course: " links={books} />
      <ol class="course">
        {entries.map(({ label, href, text, links, headings = [] }) => (
          <li>
            <h2>{href ? <a href={href}>{label}</a> : label}</h2>
            {text && <p>{text}</p>}
            <Links links={links} />
            <HeadingList headings={headings.filter(({ level }) => level === 2)} file={href} />
          </li>
        ))}
      </ol>
    </Shell>
  );
}

function Links({ start, links = [] }: { start?: string; links?: IndexLink[] }) {
  const all = links.flatMap(({ label, href }) => [" · ", <a key={href} href={href}>{label}</a>]);
  return all.length > 0 && <p class="label">{start}{all.slice(1)}</p>;
}
