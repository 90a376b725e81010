import { deepEqual, equal, match, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type CellSketch, display, notebook, stream } from "../testdata/fixtures.ts";
import { type Output, readNotebook } from "../../notebook/notebook.ts";
import { courseNotebooks } from "../../common/course.ts";
import { testWith } from "../../testdata/needs.ts";
import { noPdfTools, readable } from "../../testdata/readable.ts";
import { renderPdf, typstSources } from "./pdf.ts";

const options = { title: "A course", edition: "student" } as const;
const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC";
const nasty = "#x $y$ @z `t *s* _u_ ~ <l> [b] \\ // /* ' = == - + / 1. #let #{ } ) ] ; \u0000\u001b";

async function render(...cells: CellSketch[]): Promise<Uint8Array> {
  return (await renderPdf([{ name: "01-a.ipynb", notebook: notebook(...cells) }], options)).get("01-a.pdf")!;
}

/** The words of a PDF as a reader would copy them, with single spaces. */
async function words(pdf: Uint8Array | Promise<Uint8Array>): Promise<string> {
  return (await pagesOf(pdf)).join(" ").replace(/\s+/g, " ");
}

async function pagesOf(pdf: Uint8Array | Promise<Uint8Array>, ...how: string[]): Promise<string[]> {
  const process = new Deno.Command("pdftotext", { args: [...how, "-", "-"], stdin: "piped", stdout: "piped" })
    .spawn();
  const writer = process.stdin.getWriter();
  await writer.write(await pdf);
  await writer.close();
  const { stdout } = await process.output();
  return new TextDecoder().decode(stdout).split("\f");
}

/** The tags of a PDF with their words, in one line. */
async function tagsOf(pdf: Uint8Array, how = "-struct-text"): Promise<string> {
  const file = await Deno.makeTempFile();
  try {
    Deno.writeFileSync(file, pdf);
    const { stdout } = await new Deno.Command("pdfinfo", { args: [how, file], stderr: "null" })
      .output();
    return new TextDecoder().decode(stdout).replace(
      /<[^>]*>|\(\w+\)|:|\/(?:BBox|Border\w+|Headers) \[[^\]]*\]/g,
      "",
    ).replace(
      /\s+/g,
      " ",
    );
  } finally {
    Deno.removeSync(file);
  }
}

/** A test that needs poppler's pdftotext. */
function testWords(name: string, fn: () => Promise<void>) {
  testWith(noPdfTools, name, fn);
}

Deno.test("renderPdf() makes the book and a file for each notebook, each with a name of its own", async () => {
  const names = ["a/01.ipynb", "b/01.ipynb", "course.ipynb"];
  const files = await renderPdf(names.map((name) => ({ name, notebook: notebook() })), options);
  deepEqual([...files.keys()], ["course.pdf", "01.pdf", "01-1.pdf", "course-1.pdf"]);
  for (const pdf of files.values()) equal(new TextDecoder().decode(pdf.slice(0, 5)), "%PDF-");
});

Deno.test("renderPdf() gives the same bytes for the same notebooks, whatever came between", async () => {
  const once = () =>
    render({ markdown: "# A\n\n## B" }, { code: "1", outputs: [display({ "image/png": png })] });
  const first = await once();
  await render({ code: "2", outputs: [display({ "image/svg+xml": "<svg width='9' height='9'/>" })] });
  deepEqual(await once(), first);
});

Deno.test("renderPdf() gives the same bytes in another process, whatever is in a picture", async () => {
  const script = `
    import { renderPdf } from ${JSON.stringify(import.meta.resolve("./pdf.ts"))};
    import { display, notebook } from ${JSON.stringify(import.meta.resolve("../testdata/fixtures.ts"))};
    const text = (style) => "<text y='9' style='" + style + "'>abc</text>";
    const styles = ["", "font-weight:600", "font-style:italic", "font-family:monospace", "font-weight:900"];
    const faint = [1, 2, 3, 4, 5].map((n) => "<rect width='9' height='9' opacity='0." + n + "'/>");
    const svg = "<svg width='99' height='99'>" + styles.map(text).join("") + faint.join("") + "</svg>";
    const source = notebook({ code: "1", outputs: [display({ "image/svg+xml": svg })] });
    const pdf = (await renderPdf([{ name: "a", notebook: source }], { title: "A", edition: "student" })).get("a.pdf");
    console.log(new Uint8Array(await crypto.subtle.digest("SHA-256", pdf)).toHex());
  `;
  const run = async () => {
    const config = fileURLToPath(import.meta.resolve("../../../deno.json"));
    const args = ["run", "-A", "--no-check", "--config", config, "--ext=ts", "-"];
    const process = new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "piped" }).spawn();
    const writer = process.stdin.getWriter();
    await writer.write(new TextEncoder().encode(script));
    await writer.close();
    return new TextDecoder().decode((await process.output()).stdout);
  };
  const [first, ...others] = await Promise.all([run(), run(), run()]);
  ok(/^[0-9a-f]{64}\n$/.test(first), first);
  for (const other of others) equal(other, first);
});

testWords("renderPdf() ends the book, and nothing else, with the solutions", async () => {
  const cells = [{ markdown: "# One\n\n## Now you" }, { code: "starter", tags: ["exercise"] }, {
    code: "// SECRET",
    tags: ["solution"],
  }];
  const notebooks = [{ name: "01.ipynb", notebook: notebook(...cells, { markdown: "## The end" }) }];
  const files = await renderPdf(notebooks, { ...options, solutions: true });
  deepEqual([...files.keys()], ["course.pdf", "01.pdf"]);
  match(
    await words(files.get("course.pdf")!),
    /Solutions.*One.*starter.*The end.*Solutions.*One.*Now you.*\/\/ SECRET/,
  );
  ok(!(await words(files.get("01.pdf")!)).includes("SECRET"));
  ok(!(await words((await renderPdf(notebooks, options)).get("course.pdf")!)).includes("SECRET"));
});

Deno.test("renderPdf() tells no date and no path", async () => {
  const pdf = new TextDecoder("latin1").decode(await render({ markdown: "# A" }));
  ok(!/CreationDate|ModDate|\/tmp|course-handouts/.test(pdf));
  ok(pdf.includes("/Title"));
});

Deno.test("renderPdf() takes whatever a notebook holds", async () => {
  const error: Output = { output_type: "error", ename: nasty, evalue: nasty, traceback: [nasty] };
  const unclosed = "**a *b `c [d](e\n\n> f\n\n<div><b>\n\n```ts\ng";
  const cells = notebook(
    { markdown: `# ${nasty}` },
    { markdown: `${nasty}\n\n${">".repeat(90)} deep\n\n${"*a **b ".repeat(100)}` },
    { markdown: unclosed, attachments: { "x.png": { "image/png": png } } },
    { code: nasty, outputs: [stream(nasty + "x".repeat(3000)), error, display({ [nasty]: nasty })] },
    { code: "1", outputs: [display({ "text/html": "<div>".repeat(5000) })] },
  );
  const files = await renderPdf([{ name: `${nasty}".ipynb`, notebook: cells }], {
    title: `${nasty}"`,
    edition: "teacher",
    language: "de-AT",
    byline: nasty,
    deno: nasty,
  });
  equal(files.size, 2);
});

testWords("renderPdf() shows one of everything", async () => {
  const html = "<tr><td>plain</td></tr></table>";
  const cells: CellSketch[] = [
    {
      markdown:
        "# Title\n\n[web](https://a.b) and [mail](mailto:a@b)\n\n---\n\n> quote\n\n- bullet\n\n1. first",
    },
    { markdown: "| head |\n|-|\n| cell |\n\n```ts\nfence\n```\n\n<p>raw<br>html</p> <kbd>key</kbd>" },
    { code: "folded", tags: ["hide-input"], outputs: [stream("printed"), stream("careful", "stderr")] },
    { code: "code\n".repeat(60), outputs: [display({ "text/html": `<table><tr><th>top</th></tr>${html}` })] },
    {
      code: "1",
      outputs: [display({ "text/html": `<table>${html}` }), display({ "application/json": { json: 1 } })],
    },
    { markdown: "![alt](data:image/png;base64," + png + ") ![lost](no.png)", tags: ["teacher"] },
    { markdown: "solved", tags: ["solution"] },
    { code: "1", outputs: [display({ "text/markdown": "# Not a chapter" })] },
  ];
  const files = await renderPdf([{ name: "a", notebook: notebook(...cells) }], {
    ...options,
    edition: "teacher",
  });
  const text = await words(files.get("course.pdf")!);
  const shown =
    "Title web https://a.b mail quote bullet first head cell fence raw key printed Warning careful code top plain " +
    "json lost solved Solution chapter";
  for (const word of [...shown.split(" "), "For the teacher"]) ok(text.includes(word), `${word} in: ${text}`);
  ok(!text.includes("folded"));
});

testWords("renderPdf() keeps an exercise, its place to work and a short end on one page", async () => {
  for (const lines of [8, 14, 20, 24]) {
    const pages = await pagesOf(render(
      { markdown: "Filling.\n\n".repeat(lines) },
      { markdown: "Think of it. Try it:\n\n1. Here" },
      { code: "// Swap them." },
      { code: "a\n".repeat(14), tags: ["solution"] },
      { markdown: "## Where next\n\nOn." },
    ));
    const last = pages.find((page) => page.includes("Where next"))!;
    ok(last.includes("Here") && last.includes("// Swap them."), `${lines}: ${last}`);
    ok(!last.includes("Your turn"));
  }
});

testWords("renderPdf() calls what goes to stderr a warning, unless it does so itself", async () => {
  const printed = async (text: string) =>
    await words(render({ code: "1", outputs: [stream(text, "stderr")] }));
  ok((await printed("low on disk")).includes("Warning low on disk"));
  ok(!(await printed("Warning: low on disk")).includes("Warning Warning"));
});

testWords("renderPdf() shows every character as the notebook has it", async () => {
  const text = "#x $y$ @z ~ [b] // /* = == - + 1. #let #{ } ) ] ; <= a_b";
  const pdf = await words(render({ markdown: "`" + text + "`" }, { code: "1", outputs: [stream(text)] }));
  equal(pdf.split(text).length - 1, 2, pdf);
});

testWords("renderPdf() puts a note in the place of a picture that cannot be read", async () => {
  const pictures = ["image/png", "image/jpeg"].map((mime) => display({ [mime]: "AAAA" }));
  const pdf = await words(
    render({ code: "1", outputs: [...pictures, display({ "image/png": png }), stream("after")] }),
  );
  equal(pdf.split("Picture of cell 1 is left out").length - 1, 2, pdf);
  ok(pdf.includes("after"));
});

testWords("renderPdf() breaks long lines and loses nothing of them", async () => {
  const long = Array.from({ length: 100 }, (_, n) => `part${n}`).join("");
  ok((await words(render({ code: `x = "${long}"` }))).replace(/[\s\u200b]/g, "").includes(long));
});

testWords("renderPdf() breaks the lines of an exercise where it breaks those of other code", async () => {
  const code = `// ${"word ".repeat(20)}end`;
  for (const tags of [["solution"], []]) {
    const [page] = await pagesOf(render({ code }, { code: "1", tags }), "-layout");
    ok(page.includes("word end") && !/\/\/.*end/.test(page), page);
  }
});

testWords(
  "renderPdf() has a title page, contents with page numbers and running heads in the book",
  async () => {
    const cells = () => notebook({ markdown: "# One\n\n## Part one" }, { markdown: "Text.\n\n".repeat(60) });
    const files = await renderPdf(
      [{ name: "1", notebook: cells() }, { name: "2", notebook: cells() }],
      options,
    );
    const [title, contents, , second] = (await words(files.get("course.pdf")!)).split("\f").join("").split(
      /(?=Contents)|(?=A course One)/,
    );
    ok(title.includes("A course Student’s edition"), title);
    match(contents.replaceAll("\u2060", ""), /One (\. )*3 Part one (\. )*3 One (\. )*5 Part one (\. )*5/);
    ok(second ?? contents.includes("A course"));
  },
);

testWords("renderPdf() keeps a picture in a title out of its running head", async () => {
  const logo = `<img src="data:image/png;base64,${png}" width="640" height="400">`;
  const [, second] = await pagesOf(render({ markdown: `# ${logo} One\n\n${"Text.\n\n".repeat(90)}` }));
  match(second, /^A course\s+One\s+Text/);
});

testWords("renderPdf() names the page of a notebook that is in the same book", async () => {
  const files = await renderPdf([
    { name: "01.ipynb", notebook: notebook({ markdown: "# One\n\n[Go on](02.ipynb)." }) },
    { name: "02.ipynb", notebook: notebook({ markdown: "# Two" }) },
  ], options);
  ok((await words(files.get("course.pdf")!)).includes("Go on (page 4)."));
  ok((await words(files.get("01.pdf")!)).includes("Go on."));
  ok(new TextDecoder("latin1").decode(files.get("01.pdf")!).includes("(02.pdf)"));
});

testWords("renderPdf() says what made a notebook's pages", async () => {
  const source = notebook({ code: "const items = 20;", tags: ["parameters"] });
  const files = await renderPdf([{ name: "x/01-a.ipynb", notebook: source }], {
    ...options,
    deno: "2.9.6",
  });
  const text = await words(files.get("01-a.pdf")!);
  for (const told of ["01-a.ipynb", "items = 20", "Deno 2.9.6", "student’s edition"]) {
    ok(text.includes(told), told);
  }
});

const svg = '<svg width="9" height="9" aria-label="SECRET"><title>SECRET</title></svg>';
const secrets: CellSketch[] = [
  { markdown: "# Title" },
  {
    markdown: "## SECRET ![SECRET](attachment:SECRET)",
    tags: ["solution"],
    attachments: { SECRET: { "image/png": png } },
  },
  {
    code: "SECRET",
    tags: ["solution", "parameters"],
    outputs: [stream("SECRET"), display({ "image/svg+xml": svg })],
  },
  { code: "SECRET", tags: ["teacher"], outputs: [display({ "text/html": "<table><tr><td>SECRET</table>" })] },
];

Deno.test("renderPdf() gives Typst nothing of a solution for the student's edition", () => {
  const given = (edition: "student" | "teacher") => {
    const { sources, files } = typstSources([{ name: "a", notebook: notebook(...secrets) }], {
      ...options,
      edition,
    });
    return [...sources.values(), ...[...files.values()].map((bytes) => new TextDecoder().decode(bytes))]
      .join();
  };
  ok(!given("student").includes("SECRET"));
  ok(given("teacher").includes("SECRET"));
});

Deno.test("renderPdf() leaves room to predict in the student's book", () => {
  const cells = notebook(
    { code: "const total = predict();\nconst first = predict();" },
    {
      code: "await total.reveal(30)",
      outputs: [display({ "text/html": "<p>It is 30 s. (You predicted nothing.)</p>" })],
    },
  );
  const given = (edition: "student" | "teacher") =>
    typstSources([{ name: "a", notebook: cells }], { ...options, edition }).sources.get("a.pdf")!;
  ok(given("student").includes("--lines:2") && !given("teacher").includes("--lines"));
  for (const edition of ["student", "teacher"] as const) {
    ok(given(edition).includes("It is 30 s.") && !given(edition).includes("You predicted"));
  }
});

testWords("renderPdf() leaves a place to work where a solution was", async () => {
  const text = await words(render(...secrets));
  ok(text.includes("Your turn") && !text.includes("SECRET"), text);
});

/** The student's edition of the course, or of the first notebooks. */
async function renderHtml(count?: number): Promise<Map<string, Uint8Array>> {
  const names = (await courseNotebooks()).slice(0, count);
  const notebooks = names.map(async (name) => ({ name, notebook: await readNotebook(name) }));
  return await renderPdf(await Promise.all(notebooks), { ...options, solutions: true });
}

testWords("renderPdf() makes a student's book of notebooks 0 to 5 of at most 36 pages", async () => {
  const pages = await pagesOf((await renderHtml(6)).get("course.pdf")!);
  ok(pages.length - 1 <= 36, `${pages.length - 1} pages`); // a form feed ends each
});

testWords("renderPdf() begins long code, lists and tables on the page that it has reached", async () => {
  const rows = (tag: string) => Array.from({ length: 45 }, (_, n) => `<${tag}>ROW${n}</${tag}>`).join("");
  const code = Array.from({ length: 70 }, (_, n) => `ROW${n}\n${n % 6 ? "" : "\n"}`).join("");
  const kinds: CellSketch[] = [
    { code, outputs: [stream("printed")] },
    { code: "1", outputs: [display({ "text/html": `<ol>${rows("li")}</ol>` })] },
    { code: "1", outputs: [display({ "text/html": `<table>${rows("tr><th")}</table>` })] },
  ];
  for (const lines of [10, 14, 16, 20]) {
    for (const kind of kinds) {
      const pages = await pagesOf(render({ markdown: "Filling.\n\n".repeat(lines) }, kind));
      ok(pages[0].includes("ROW1"), pages[0]);
    }
  }
});

testWords(
  "renderPdf() keeps a table of few rows together, and parts one that no page has room for",
  async () => {
    const row = (word: string, length: number) => `<tr><td>${`${word} `.repeat(length)}</td></tr>`;
    for (const lines of [20, 24, 28, 32, 36]) {
      const table = `<table>${row("first", 150)}${row("second", 150)}</table>`;
      const markdown = `${"Filling.\n\n".repeat(lines)}\n\n${table}`;
      const pages = await pagesOf(render({ markdown }));
      equal(pages.filter((page) => /first|second/.test(page)).length, 1, `${lines}`);
    }
    const long = await words(
      render({ markdown: `<table>${row("first", 1500)}${row("second", 1500)}</table>` }),
    );
    equal(long.match(/first|second/g)!.length, 3000);
  },
);

testWords(
  "renderPdf() loses no word of a list or a table that stands outside of its items or cells",
  async () => {
    const list = "<ul>before <b>bold</b><li>item</li>after</ul><ol>one<li>two</ol>";
    const table = "<table>above<tr>beside<td>cell</td></tr><p>below</p></table>";
    const shown = await words(render({ markdown: list }, { markdown: table }));
    match(shown, /before • bold • item • after 1\. one 2\. two above beside below cell/);
  },
);

testWords("renderPdf() puts a long log into columns", async () => {
  const log = Array.from({ length: 60 }, (_, n) => `line ${n} of a log`).join("\n");
  const text = await words(render({ code: "1", outputs: [stream(log)] }));
  match(text, /line 19 of a log[^]*line 20 of a log/);
  equal((await pagesOf(render({ code: "1", outputs: [stream(log)] }))).length - 1, 1);
});

testWords("renderPdf() puts printed text and data into columns, and no text that is laid out", async () => {
  const lines = Array.from({ length: 20 }, (_, n) => `line${n}`);
  const html = `<pre>${lines.join("\n")}</pre>`;
  const kinds = [
    stream(lines.join("\n")),
    display({ "application/json": lines }),
    display({ "text/html": html }),
  ];
  const shown = kinds.map(async (output) =>
    await pagesOf(render({ code: "1", outputs: [output] }), "-layout")
  );
  deepEqual((await Promise.all(shown)).map((pages) => /line0[",]* +\S/.test(pages[0])), [true, true, false]);
});

Deno.test("renderPdf() keeps a text with the code that it announces, and no other", () => {
  const stays = (markdown: string) => {
    const cells = notebook({ markdown }, { code: "1" });
    return typstSources([{ name: "a", notebook: cells }], options).sources.get("a.pdf")!.includes("stays");
  };
  deepEqual([stays("**So:**"), stays("- a\n- b.")], [true, false]);
});

Deno.test("renderPdf() tags what a screen reader reads: language, headings, pictures with their words", async () => {
  const latin1 = (pdf: Uint8Array) => new TextDecoder("latin1").decode(pdf);
  const svg = '<svg aria-label="A falling line" width="9" height="9"><rect width="9" height="9"/></svg>';
  const pdf = latin1(
    await render({ markdown: "# Title" }, { code: "1", outputs: [display({ "image/svg+xml": svg })] }),
  );
  for (
    const tag of [
      "/Marked true",
      "/S /H1",
      "/S /Figure",
      "/Alt (A falling line)",
      "/Lang (en)",
      "/Title (Title)",
    ]
  ) {
    ok(pdf.includes(tag), tag);
  }
  // Typst has checked these by PDF/UA: no heading is skipped, no picture without words, the title shown.
  for (const [file, content] of await renderHtml()) ok(latin1(content).includes("<pdfuaid:part>1<"), file);
  const mute = latin1(await render({ markdown: `![](data:image/png;base64,${png})` }));
  ok(mute.startsWith("%PDF-") && !mute.includes("pdfuaid"));
});

testWords("renderPdf() nests headings in the book's tags", async () => {
  const tags = await tagsOf((await renderHtml()).get("course.pdf")!, "-struct");
  const levels = [...tags.matchAll(/ H(\d) "/g)].map(([, level]) => Number(level));
  ok(levels.length > 100);
  levels.reduce((above, level) => (ok(level <= above + 1, `${level} below ${above}`), level), 0);
});

testWords(
  "renderPdf() keeps marks, lists, tight and loose, where they start, and tables with heads and spans",
  async () => {
    const markdown = "a ~~e~~ H<sub>2</sub>O<br>x<blink>y</blink><!-- z -->\n\n3. a\n4. b\n\n- c\n\n- d\n\n" +
      "|head|b|\n|-|-:|\n|1|2|\n|1|22222|";
    const html =
      "<table><tr><td rowspan=2>top</td><td colspan=2>wide</td></tr><tr><td>low</td><td>d</td></tr>" +
      "<tr><td>last</td></tr></table>";
    const pdf = await render({ markdown }, { code: "1", outputs: [display({ "text/html": html })] });
    const tags = await tagsOf(pdf);
    match(
      tags,
      /P "a " Span \/TextDecorationType \/LineThrough "e" " H" Span \/BaselineShift \S+ \/LineHeight 6 "2" "O" "xy"/,
    );
    match(tags, /Decimal LI Lbl "3\." LBody "a" LI Lbl "4\." LBody "b"/);
    match(tags, /Circle LI Lbl "•" LBody P "c" LI Lbl "•" LBody P "d"/);
    match(tags, /THead TR TH \/Scope \/Column "head" TH \/Scope \/Column "b" TBody TR TD "1" TD "2"/);
    match(tags, /TR TD "top" TD \/ColSpan 2 "wide" TR TD TD "low" TD "d" TR TD "last" TD TD/);
    const process = new Deno.Command("pdftotext", {
      args: ["-layout", "-", "-"],
      stdin: "piped",
      stdout: "piped",
    });
    const child = process.spawn();
    await new Blob([pdf as BufferSource]).stream().pipeTo(child.stdin);
    const lines = new TextDecoder().decode((await child.output()).stdout).split("\n");
    const [one, other] = [/ 1 +2$/, / 1 +22222$/].map((row) => lines.find((line) => row.test(line))!);
    equal(one.length, other.length, "numbers are not on the right");
  },
);

testWords("renderPdf() colours code and terminal text", async () => {
  const outputs = [stream("\x1b[33mx\x1b[0m \x1b[41;32my\n")];
  const pdf = await render({ code: "if (`a ${1}`)\n\n  b;\n", outputs });
  const drawn = (await readable("a.pdf", pdf)).join("\n");
  const colours = {
    keyword: "545098 0.149",
    string: "168627 0.415",
    number: "701960 0.313",
    yellow: "501960 0.329",
  };
  for (
    const [what, [red, green]] of Object.entries(colours).map(([what, it]) => [what, it.split(" ")] as const)
  ) {
    match(drawn, new RegExp(`0\\.${red}\\d* ${green.replace(".", "\\.")}\\d* \\S+ scn`), what);
  }
  match(
    await tagsOf(pdf),
    /P "if" " \(" "`a " "\${" "1" "}" "`" "\)" P " b;" P "x" " " Span \/BackgroundColor \[0.69\S* \S+ \S+\] "y"/,
  );
});

testWords("renderPdf() lets long words break, and leaves others as they are copied", async () => {
  const url = `https://example.com/${"path/".repeat(9)}?query=1`;
  const text = await words(
    render({ markdown: `${url} <i>short/word.with(marks)</i>` }, { code: "gather(task1, task2);" }),
  );
  ok(text.includes("short/word.with(marks)") && text.includes("gather(task1, task2);"));
  ok(text.replace(/[\s\u200b]/g, "").includes(url));
});

testWords(
  "renderPdf() leaves out rows of an output's table that is for a machine, and tells of it",
  async () => {
    const told: string[] = [];
    const output = display({
      "text/html": `<table>${"<tr><td>x</td></tr>".repeat(500)}</table><table></table>`,
    });
    const notebooks = [{ name: "a.ipynb", notebook: notebook({ code: "1", outputs: [output] }) }];
    const files = await renderPdf(notebooks, { ...options, tell: (it) => told.push(it) });
    match(await words(files.get("a.pdf")!), /430 rows are left out here, of 500\./);
    deepEqual(told, ["a.pdf: 430 rows are left out here, of 500."]);
  },
);

testWords("renderPdf() refuses links that could run, and keeps those to the web", async () => {
  const hrefs = ["javascript:alert(1)", "file:///etc/passwd", `https://${"a".repeat(9000)}`];
  const links = [...hrefs, "https://a.b/#c", "data.csv"].map((href) => `<a href='${href}'>x</a>`);
  const pdf = (await readable("a.pdf", await render({ markdown: links.join(" ") }))).join("\n");
  for (const href of hrefs) ok(!pdf.includes(href), href.slice(0, 20));
  for (const href of ["https://a.b/#c", "data.csv"]) ok(pdf.includes(`(${href})`), href);
});

testWords(
  "renderPdf() sets all text of pictures in a font of Typst's own, and keeps weights, and colours for paper",
  async () => {
    const svg =
      `<svg font-family="system-ui" width="99" height="99"><style>.a{fill:#f00;font-weight:700}@media (x){.a{fill:#0f0}}
    .e{fill:#00f}</style><text class="a" y="9">a</text><text class="e" y="29" style="font:italic 9px Arial">b</text></svg>`;
    const pdf = await render({ code: "1", outputs: [display({ "image/svg+xml": svg })] });
    const file = await Deno.makeTempFile();
    Deno.writeFileSync(file, pdf);
    const { stdout } = await new Deno.Command("pdffonts", { args: [file] }).output();
    Deno.removeSync(file);
    const fonts = new TextDecoder().decode(stdout).match(/(?<=\+)[\w-]+?(?=-Identity|\s)/g);
    deepEqual([...new Set(fonts)].sort(), [
      "DejaVuSansMono",
      "LibertinusSerif-Bold",
      "LibertinusSerif-Italic",
      "LibertinusSerif-Regular",
      "LibertinusSerif-Semibold",
    ]);
    const drawn = (await readable("a.pdf", pdf)).join("\n");
    ok(/1 0 0 scn/.test(drawn) && /0 0 1 scn/.test(drawn) && !/0 1 0 scn/.test(drawn));
  },
);

Deno.test("renderPdf() takes a paragraph of any length, and tells of what it leaves out of an endless cell", async () => {
  const sourcesOf = (markdown: string) => {
    const files = [{ name: "a.ipynb", notebook: notebook({ markdown }) }];
    return [...typstSources(files, options).sources.values()].join("");
  };
  equal(sourcesOf("*one* `two` ".repeat(20_000)).match(/\bone\b/g)!.length, 40_000); // in the book as well
  ok(sourcesOf("Some words. ".repeat(200_000)).length < 200_000);
  ok(sourcesOf(`# ${"Title ".repeat(50_000)}`).match(/Title/g)!.length < 2000);
  sourcesOf("a\n\n".repeat(150_000)); // more than a call takes
  const told: string[] = [];
  const endless = notebook({ markdown: "Some words. ".repeat(200_000) }, { markdown: "x".repeat(9000) });
  await renderPdf([{ name: "a.ipynb", notebook: endless }], { ...options, tell: (it) => told.push(it) });
  deepEqual(told, [
    "a.pdf: 2,370,000 characters are left out here, of 2,400,000.",
    "a.pdf: 7000 letters of a line without an end are left out.",
  ]);
});

testWords("renderPdf() keeps a formula that stands in a paragraph, wherever in it", async () => {
  const source = "Thus $$a+b=c$$ holds.\n\n$$c=d$$ starts.\n\nends *$$e=f$$*\n\n> quote $$m=n$$ x\n\n" +
    "<math><mi>UU</mi></math> is MathML";
  const shown = await words(
    render({ markdown: source }, { code: "1", outputs: [display({ "text/latex": "Value $$q=r$$ here" })] }),
  );
  for (
    const letters of ["Thus𝑎+𝑏=𝑐holds", "𝑐=𝑑starts", "ends𝑒=𝑓", "quote𝑚=𝑛x", "UUisMathML", "Value𝑞=𝑟here"]
  ) {
    ok(shown.replaceAll(" ", "").includes(letters), letters);
  }
});

testWords(
  "renderPdf() flattens lists and tables that are deep in others, and takes any size of a picture",
  async () => {
    const list = Array.from({ length: 40 }, (_, i) => `${"  ".repeat(i)}- item ${i}`).join("\n");
    const html = [
      `<ul><li>a`.repeat(60) + "LIST",
      "<table><tr><td>b".repeat(60) + "TABLE",
      `<img src="data:image/png;base64,${png}" width="1.2.3">SIZED`,
    ];
    const outputs = html.map((html) => display({ "text/html": html }));
    const shown = await words(render({ markdown: list }, { code: "1", outputs }));
    const letters = shown.replaceAll("\u200b", "");
    for (const word of ["item 39", "LIST", "TABLE", "SIZED"]) ok(letters.includes(word), word);
  },
);

testWords("renderPdf() says in formulas what HTML says, or shows their TeX", async () => {
  const formulas = [
    "\\int\\limits_0^1",
    "x\\\\[2em]y",
    "\\operatorname*{arg\\,max}",
    "\\smash{u}",
    "\\lVert v\\rVert",
    "\\Big| i \\Big|",
    "a\\coloneqq b",
    "\\max_k \\exp\\left(r\\right)",
    "\\Large\\bigl[ s \\lt t \\bigr]",
    "\\begin{cases}p & q \\cr g\\end{cases}",
    "\\boxed{w}",
  ];
  const blocks = [
    "\\begin{eqnarray}\nl &=& m \\label{one}\\\\\nn &=& o \\nonumber\n\\end{eqnarray}",
    "$$\n\\begin{split}d &= e\\end{split}\n$$",
  ];
  const shown = await words(
    render(
      ...formulas.map((tex) => ({ markdown: `F $${tex}$ G` })),
      ...blocks.map((markdown) => ({ markdown })),
    ),
  );
  ok(!/limits|2 ?em|\\,|⨳|lVert/.test(shown), shown);
  match(
    shown.replaceAll(" ", ""),
    /argmax[^]*F𝑢G[^]*‖𝑣‖[^]*\|𝑖\|[^]*𝑎:=𝑏[^]*exp\(𝑟\)[^]*\[𝑠<𝑡\][^]*\\boxed\{w\}[^]*𝑙=𝑚\s*𝑛=𝑜\s*𝑑=𝑒/,
  );
});
