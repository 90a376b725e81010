import type { Names } from "../document/names.ts";
import { readSvg, renameSvgIds } from "../document/svg.ts";

/** An SVG inside the page, its ids made unique; one that is more than a drawing is kept apart in an image. */
export function Vector({ source, ids, alt }: { source: string; ids: Names; alt: string }) {
  const reading = readSvg(source);
  if (!reading.ok) return <p class="note">A picture is left out: its SVG is broken ({reading.error}).</p>;
  const { svg, plain } = reading;
  const paper = /prefers-color-scheme|currentColor/i.test(svg) ? "" : " paper";
  if (!plain) {
    const data = `data:image/svg+xml,${encodeURIComponent(withNamespace(svg))}`;
    return (
      <div class={`picture${paper}`}>
        <img src={data} alt={labelOf(svg) ?? alt} />
      </div>
    );
  }
  const html = labelled(renameSvgIds(svg, (id) => ids.claim(id)), alt);
  return <div class={`picture${paper}`} tabindex={0} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** A picture of pixels, given in base64. */
export function Raster({ mime, data, alt }: { mime: string; data: string; alt: string }) {
  return (
    <div class="picture paper">
      <img src={`data:${mime};base64,${data.replace(/\s/g, "")}`} alt={alt} />
    </div>
  );
}

function labelled(svg: string, alt: string): string {
  const tag = svg.slice(0, svg.indexOf(">"));
  const role = /\srole\s*=/.test(tag) ? "" : ` role="img"`;
  const label = /\saria-label(ledby)?\s*=/.test(tag) || labelOf(svg) ? "" : ` aria-label="${alt}"`;
  return svg.replace(/^<svg/, `<svg${role}${label}`);
}

function labelOf(svg: string): string | undefined {
  const text = svg.match(/^<svg[^<]*?\saria-label\s*=\s*(?:"([^"]*)"|'([^']*)')/) ??
    svg.match(/<title[^>]*>([^<]+)<\/title>/);
  return text?.slice(1).find(Boolean)?.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll(
    "&quot;",
    '"',
  )
    .replaceAll("&amp;", "&");
}

function withNamespace(svg: string): string {
  return /^<svg[^<>]*\sxmlns=/.test(svg)
    ? svg
    : svg.replace(/^<svg/, '<svg xmlns="http://www.w3.org/2000/svg"');
}
