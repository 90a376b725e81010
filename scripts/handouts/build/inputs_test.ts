/** Small notebooks, each of a kind that handouts got wrong once; `testdata/inputs` holds them. @module */
import { ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { readNotebook } from "../../notebook/notebook.ts";
import { testWith } from "../../testdata/needs.ts";
import { noPdfTools, readable } from "../../testdata/readable.ts";
import { Files } from "../document/references.ts";
import { type FormatName, formats } from "./formats.ts";
import { renderHandouts } from "./handouts.ts";

const folder = fileURLToPath(new URL("../testdata/inputs/", import.meta.url));

/** The words to be found in a file's texts; with "no ", those that must not be; with "told ", those of a warning. */
type Expected = Partial<Record<FormatName | "page" | "all", RegExp[]>> & { not?: Expected; told?: RegExp[] };

const bytes = (name: string) => Deno.readFileSync(`${folder}pic/${name}`).toBase64();
const plain = new RegExp(`data:image/png;base64,${bytes("plain.png").replace(/[+/=]/g, "\\$&")}`);
const placeholder = /<(?:IPython\S*|HTML) object>/;

const inputs: Record<string, Expected> = {
  "html-img-pdf": { all: [/IMGCAPTION/], pdf: [/\/Subtype ?\/Image/], not: { pdf: [placeholder] } },
  "html-words-pdf": { all: [/SUMMARYWORD/, /DETAILBODY/, /RICHONLY/], not: { all: [placeholder] } },
  "plot-figure": { all: [/PLOTTITLE/, /right lane/, /PLOTCAPTION/, /CAPTIONTWO/], pdf: [/3\.0\s[^]*2\.8\s/] },
  "html-with-small-svg": { all: [/CARDTITLE/, /CARDWORDS/, /CARDITEM/, /TABLECELL/] },
  "wide-table": {
    all: [/head\s?1/],
    page: [/head19/],
    pdf: [/4 columns are left out here/],
    told: [/pdf: 4 columns/],
  },
  "html-says-nothing": {
    all: [/cannot be shown/],
    told: [/text\/html is left out: it cannot be shown here/],
  },
  "img-width-pdf": { page: [/<img src="data:[^>]* width="60"/], pdf: [/45 0 0 -?\d/] },
  "author-sizes": {
    page: [
      /<svg (?![^>]* height=)[^>]* width="320"[^>]* data-sized/,
      /<img src="data:image\/svg[^>]* height="40"/,
      /<img src="data:image\/png[^>]* height="30"/,
    ],
    md: [/<img src="[^>]*svg" [^>]*height="40"/, /<img src="[^>]*png" [^>]*height="30"/],
    pdf: [/0\.375 0 0 -0\.375 /, /33\.75 0 0 -?22\.5 /],
    ipynb: [/"width": 320/],
  },
  "missing-glyphs": { told: [/no font has [^]*U\+2705/], not: { told: [/U\+2192|U\+2211|U\+200D/] } },
  "attachment-in-img-tag": {
    page: [/(?:<img src="data:image\/png;base64,[^]*){2}/],
    md: [/_files\/dot\.png/],
  },
  "picture-in-title": { page: [plain], pdf: [/\/Subtype ?\/Image/], md: [/# .*!\[h\]\(pic\/plain\.png\)/] },
  "link-to-file": {
    all: [/pic\/values\.csv/, /other/],
    not: { all: [/notes\.md|["(]other\.(?:ipynb|html|md)|href="pic\/"|\]\(pic\/\)/] },
    told: [/notes\.md is not there/, /pic\/ is no file/, /other\.ipynb is not there/],
  },
  "two-pictures-md": { md: [/c203\.png/, /c203-1\.png/, /pic\/plain\.png/], not: { md: [/png-1/] } },
  "svg-data-uri": {
    page: [/(?:src="data:image\/svg\+xml[^]*){2}/],
    pdf: [/DATASVG/],
    not: { pdf: [/PHN2Zy/] },
  },
  "svg-two-palettes": {
    page: [
      /<img src="data:image\/svg[^"]*bar%7Bfill%3A%232a7[^]*<img src="data:image\/svg[^"]*bar%7Bfill%3A%23c22/,
    ],
    not: { page: [/\.bar\{/] },
  },
  "sealed-outputs": {
    page: [
      /(?:<img src="data:image\/svg[^"]*DRAWN[^]*){2}/,
      /(?:<img src="data:image\/svg[^"]*ALONE[^]*){2}/,
      /PAGEWORDS/,
    ],
    pdf: [/PAGEWORDS/],
    not: {
      page: [
        /RUNS|fetched\.example|away\.example|style="position:fixed|body\{color:red|<body style="display/,
      ],
    },
  },
  "script-with-words": {
    all: [/PLAINWORDS/, /PLAINTEXT/],
    pdf: [/PLAINWORDS < 3/, /draws is left out/],
    not: { all: [placeholder] },
    told: [/draws is left out/],
  },
  "math-as-written": {
    page: [
      /a\*b\*c/,
      /\\\{1, 2\\\}/,
      /L &amp;= \\lambda W \\\\/,
      /<mo>&lt;<\/mo><mi>b/,
      /W_q\*W_s/,
      /costs \$5 and then \$6/,
    ],
    md: [/\$a\*b\*c\$/],
    pdf: [/𝑎 ∗ 𝑏 ∗ 𝑐/, /\{1, 2\}/, /𝑎 < 𝑏/, /𝐿 = 𝜆𝑊/, /costs \$5 and then \$6/],
    not: { page: [/<em>b<\/em>/] },
  },
  "one-word-footnote": {
    all: [/Short\./],
    page: [/<a href="#fn1"/],
    not: { page: [/href="Short/], told: [/./] },
  },
  "raw-cells": {
    all: [/RAWHTML/, /RAWLATEX/, /RAWMARKDOWN/, /RAWPLAIN/, /RAWNOTHING/],
    ipynb: [/"raw_mimetype": "text\/latex"/],
  },
  "ansi-inverse": { page: [/class="ansi-black-fg ansi-white-bg">inverse</], pdf: [/inverse/] },
  "collapsed-by-author": {
    html: [
      /<details><summary>Show the code<[^]*SECRETSOURCE/,
      /<details class="checked"><summary>Show the output<[^]*HIDDEN/,
    ],
    not: { pdf: [/SECRETSOURCE|HIDDENOUTPUT/] },
  },
  "slides-print": {
    slides: [/column29/, /para 29/],
    html: [/column29/],
    pdf: [/para 29/],
    told: [/columns are left out/],
  },
};

const read = async (format: FormatName) => {
  const told: string[] = [];
  const files = new Files([`${folder}x.ipynb`]);
  const notebooks = await Promise.all(
    Object.keys(inputs).map(async (name) => ({
      name: `${name}.ipynb`,
      notebook: await readNotebook(`${folder}${name}.ipynb`),
      find: files.finder(`${folder}${name}.ipynb`, (it) => told.push(`${name}.ipynb: ${it}`)),
    })),
  );
  const options = {
    title: "Inputs",
    editions: ["teacher"],
    tell: (it: string) => void told.push(it),
  } as const;
  return { told, set: await renderHandouts(notebooks, { ...options, formats: [format] }) };
};

for (const format of Object.keys(formats) as FormatName[]) {
  testWith(
    format === "pdf" ? noPdfTools : undefined,
    `nothing of the inputs is lost in ${format}`,
    async () => {
      const { set, told } = await read(format);
      const { folder, ending } = formats[format];
      for (const [name, expected] of Object.entries(inputs)) {
        const content = set.get(`${folder}${name}${ending}`)!;
        const text = format === "pdf" ? (await readable("a.pdf", content)).join("\n") : String(content);
        const patterns = ({ all = [], page = [], ...of }: Expected) => [
          ...format === "ipynb" ? [] : all,
          ...format === "html" || format === "slides" ? page : [],
          ...of[format] ?? [],
        ];
        for (const pattern of patterns(expected)) ok(pattern.test(text), `${name} shows no ${pattern}`);
        for (const pattern of patterns(expected.not ?? {})) {
          ok(!pattern.test(text), `${name} shows ${pattern}`);
        }
        if (format !== "pdf") {
          continue;
        }
        const sentences = told.filter((it) => it.startsWith(`${name}.`)).join("\n");
        for (const pattern of expected.told ?? []) {
          ok(pattern.test(sentences), `${name}: ${pattern} is not told: ${sentences}`);
        }
        for (const pattern of expected.not?.told ?? []) {
          ok(!pattern.test(sentences), `${name}: ${pattern} is told`);
        }
      }
      const beside = [...set.keys()].filter((name) => name.includes("pic/")).map((name) =>
        name.replace(/.*\//, "")
      );
      const pictures = format === "md" || format === "ipynb"
        ? ["plain.png", "values.csv", "wide.png"]
        : ["values.csv"];
      ok(beside.sort().join() === pictures.join(), `beside lie ${beside}`);
    },
  );
}
