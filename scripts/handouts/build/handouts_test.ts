import { deepEqual, equal, ok } from "node:assert/strict";
import { dirname, join } from "node:path";
import { parseHTML } from "linkedom";
import { testWith } from "../../testdata/needs.ts";
import { letters, noPdfTools, readable } from "../../testdata/readable.ts";
import { Files } from "../document/references.ts";
import { type CellSketch, display, inFolder, notebook, stream } from "../testdata/fixtures.ts";
import { type FormatName, formats } from "./formats.ts";
import { type HandoutsOptions, renderHandouts } from "./handouts.ts";

const all = Object.keys(formats) as FormatName[];
const options: HandoutsOptions = { title: "A course", formats: all, editions: ["student", "teacher"] };
const lesson = notebook(
  { markdown: "# A lesson\n\n## Part one" },
  { code: "const seed = 7;", tags: ["parameters"], outputs: [stream("\x1b[33mprinted\x1b[0m")] },
  {
    code: "2",
    tags: ["solution"],
    outputs: [display({ "image/svg+xml": '<svg viewBox="0 0 9 9"><title>T</title></svg>' })],
  },
);
const two = ["01-a.ipynb", "02 b.ipynb"].map((name) => ({ name, notebook: lesson }));

Deno.test("renderHandouts() gives each of two editions a folder, and one edition none", async () => {
  const files = (editions: HandoutsOptions["editions"]) =>
    renderHandouts(two.slice(0, 1), { ...options, formats: ["html", "md", "slides"], editions }).then((
      set,
    ) => [...set.keys()]);
  deepEqual(await files(["student"]), [
    "01-a.html",
    "md/README.md",
    "md/01-a.md",
    "slides/01-a.html",
    "index.html",
  ]);
  const both = await files(["student", "teacher"]);
  ok(both.includes("student/index.html") && both.includes("teacher/md/01-a_files/c3.svg"));
  deepEqual(both.filter((name) => !/^(student|teacher)\//.test(name)), ["index.html"]);
});

Deno.test("renderHandouts() leads from the top to the student's edition, and nowhere to the teacher's", async () => {
  const set = await renderHandouts(two, { ...options, formats: ["md"] });
  const { document } = parseHTML(String(set.get("index.html")));
  const links = [...document.querySelectorAll("main a")].map((link) => link.getAttribute("href")!);
  deepEqual(links, ["student/index.html"]);
  ok(document.body.textContent.includes("In the folder teacher"));
  for (const link of links) ok(set.has(link), link);
});

Deno.test("renderHandouts() makes an index that leads to every file, and nowhere else", async () => {
  for (const wanted of [all, ["slides", "pdf"], ["ipynb"]] as FormatName[][]) {
    const set = await renderHandouts(two, { ...options, formats: wanted, editions: ["teacher"] });
    const { document } = parseHTML(String(set.get("index.html")));
    const links = [...document.querySelectorAll("main a, .course a")].map((link) =>
      decodeURIComponent(link.getAttribute("href")!.split("#")[0])
    );
    for (const link of links) ok(set.has(link), link);
    const missing = [...set.keys()].filter((name) =>
      !links.includes(name) && !/_files\/|README|^index/.test(name)
    );
    deepEqual(missing, []);
  }
});

Deno.test("renderHandouts() makes an index that leads to the headings of web pages", async () => {
  const set = await renderHandouts(two, { ...options, formats: ["html"], editions: ["student"] });
  ok(String(set.get("index.html")).includes('<a href="02%20b.html#part-one">Part one</a>'));
});

Deno.test("renderHandouts() gives the same bytes for the same notebooks, in every format", async () => {
  const [one, other] = [
    await renderHandouts(two, options),
    await renderHandouts(structuredClone(two), options),
  ];
  deepEqual(one, other);
});

Deno.test("renderHandouts() tells in every file of a notebook what made it", async () => {
  const set = await renderHandouts(two.slice(0, 1), {
    ...options,
    deno: "2.9.6",
  });
  for (const [name, content] of set) {
    if (/index|README|course|\.svg$/.test(name) || (name.endsWith(".pdf") && noPdfTools)) continue;
    const text = (await readable(name, content)).map(letters).join(" ");
    for (const fact of ["01-a.ipynb", "seed = 7", "Deno 2.9.6"]) {
      ok(text.includes(letters(fact)), `${name}: ${fact}`);
    }
  }
});

Deno.test("renderHandouts() says after each format of each edition that it is done", async () => {
  let steps = 0;
  await renderHandouts(two, { ...options, formats: ["md", "ipynb"], onStep: () => void steps++ });
  equal(steps, 4);
});

for (const format of all) {
  testWith(format === "pdf" ? noPdfTools : undefined, `the removal tags hold in ${format}`, async () => {
    const cell = (name: string, tag: string): CellSketch => ({
      code: `"${name}Input"`,
      tags: [tag],
      outputs: [stream(`${name}Output`)],
    });
    const source = notebook(
      cell("Whole", "none"),
      cell("Cell", "remove-cell"),
      cell("In", "remove-input"),
      cell("Out", "remove-output"),
      cell("Hidden", "hide-input"),
    );
    const set = await renderHandouts([{ name: "a.ipynb", notebook: source }], {
      ...options,
      formats: [format],
      editions: ["teacher"],
    });
    const texts = (await Promise.all([...set].map(([name, content]) => readable(name, content)))).flat().map(
      letters,
    );
    const words = ["Whole", "Cell", "In", "Out", "Hidden"].flatMap((
      name,
    ) => [`${name}Input`, `${name}Output`]);
    const shown = words.filter((word) => texts.some((text) => text.includes(word)));
    const hidden = shown.includes("HiddenInput") ? ["HiddenInput"] : []; // paper may leave folded code away
    deepEqual(shown, ["WholeInput", "WholeOutput", "InOutput", "OutInput", ...hidden, "HiddenOutput"]);
    const folded: Partial<Record<FormatName, string>> = {
      html: "<details",
      slides: "<details",
      md: "<details",
      ipynb: "source_hidden",
    };
    ok([...set.values()].some((content) => content.includes(folded[format] as never)) || format === "pdf");
  });
}

Deno.test("renderHandouts() links nothing in an edition's folder to anything outside of it", async () => {
  const set = await renderHandouts(two, options);
  let links = 0;
  for (const [name, content] of set) {
    const [edition, ...rest] = name.split("/");
    if (rest.length === 0 || !/\.(html|md)$/.test(name)) continue;
    const pattern = name.endsWith(".md") ? /\]\(([^)#]*)/g : /(?:href|src)="([^"#]*)/g;
    const text = String(content).replace(/<script>.*?<\/script>/gs, "");
    for (const [, link] of text.matchAll(pattern)) {
      if (link === "" || /^[a-z]+:/.test(link)) continue;
      const { pathname } = new URL(link, `http://x/${name}`);
      ok(pathname.startsWith(`/${edition}/`), `${name} leads to ${link}`);
      ok(set.has(decodeURIComponent(pathname.slice(1))), `${name} leads to ${link}, which is not there`);
      links++;
    }
  }
  ok(links > 20, `${links} links`);
});

Deno.test("renderHandouts() leads to the files that are meant where several have one name", async () => {
  await inFolder(async (folder) => {
    const paths = ["a/one.ipynb", "b/two.ipynb"].map((name) => `${folder}/${name}`);
    for (const path of paths) {
      Deno.mkdirSync(dirname(path));
      for (const name of ["data.csv", "README.md", "index.html", "one.html", "deno.json"]) {
        Deno.writeTextFileSync(`${dirname(path)}/${name}`, `${name} of ${path}`);
      }
    }
    const files = new Files(paths);
    const markdown = "[a](data.csv#x) [b](README.md) [c](index.html) [d](one.html) [e](deno.json)";
    const notebooks = paths.map((name) => ({
      name,
      notebook: notebook({ markdown }),
      find: files.finder(name, () => {}),
    }));
    const set = await renderHandouts(notebooks, { ...options, editions: ["teacher"] });
    for (const [at, page] of ["one", "two"].entries()) {
      for (const name of [`md/${page}.md`, `ipynb/${page}.ipynb`, `${page}.html`, `slides/${page}.html`]) {
        const links = [
          ...String(set.get(name)).matchAll(/(?:\]\(|<a href=\\?")([^")#]*-?\d?\.(?:csv|md|html|json))/g),
        ];
        const found = links.map(([, link]) => set.get(join(dirname(name), link)))
          .flatMap((file) => file instanceof Uint8Array ? [new TextDecoder().decode(file)] : []);
        deepEqual(found.map((text) => text.split(" of ")[1]), Array(5).fill(paths[at]), name);
      }
    }
  });
});

const exercise = notebook(
  { markdown: "# A lesson\n\n## Now you" },
  { code: "starterHere", tags: ["exercise"] },
  { markdown: "<details><summary>A hint</summary>\n\nhintHere\n\n</details>", tags: ["hint"] },
  { code: "checkHere", tags: ["check"], outputs: [stream("notYetHere")] },
  { code: "solutionHere", tags: ["solution"] },
);

for (const format of all) {
  testWith(format === "pdf" ? noPdfTools : undefined, `an exercise is one in ${format}`, async () => {
    for (const edition of ["student", "teacher"] as const) {
      const set = await renderHandouts([{ name: "a.ipynb", notebook: exercise }], {
        ...options,
        formats: [format],
        editions: [edition],
      });
      const texts = (await Promise.all([...set].map(([name, content]) => readable(name, content)))).flat()
        .map(letters);
      const shows = (word: string) => texts.some((text) => text.includes(letters(word)));
      const isTeachers = edition === "teacher";
      for (const word of ["starterHere", "hintHere", "checkHere"]) ok(shows(word), word);
      equal(shows("solutionHere"), isTeachers);
      ok(!shows("Your turn") || format === "ipynb", "a second place to work");
      // A page folds away what a check says of the starter; paper and slides, and a notebook to be run, do without.
      equal(shows("notYetHere"), format === "html" || format === "md" || (isTeachers && format === "ipynb"));
      if (format === "ipynb") continue;
      ok(texts.some((text) => /Exercise.{0,90}starterHere/.test(text)), "no label");
    }
  });
}

Deno.test("renderHandouts() puts the solutions into a folder apart, for students alone", async () => {
  const notebooks = [{ name: "a.ipynb", notebook: exercise }];
  const names = async (more: Partial<HandoutsOptions>, given = notebooks) => {
    const set = await renderHandouts(given, { ...options, formats: ["ipynb"], solutions: true, ...more });
    return [...set.keys()].filter((name) => name.includes("solutions/"));
  };
  deepEqual(await names({}), ["student/solutions/a.ipynb"]);
  deepEqual(await names({ editions: ["student"] }), ["solutions/a.ipynb"]);
  deepEqual(await names({ editions: ["teacher"] }), []);
  deepEqual(await names({ solutions: false }), []);
  deepEqual(await names({ formats: ["html"] }), []);
  deepEqual(await names({}, [{ name: "a.ipynb", notebook: notebook({ code: "1" }) }]), []);
});

Deno.test("renderHandouts() tells of nothing where nothing is left out", async () => {
  const told: string[] = [];
  const solved = notebook(
    { code: "const a = 0;", tags: ["exercise"] },
    { code: "const a = 1;", tags: ["solution"] },
    { code: "show(a)", outputs: [stream("one")] },
  );
  const tell = (sentence: string) => void told.push(sentence);
  await renderHandouts([...two, { name: "solved.ipynb", notebook: solved }], { ...options, tell });
  deepEqual(told, []);
});
