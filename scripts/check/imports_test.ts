import assert from "node:assert/strict";
import { join, normalize, relative } from "node:path";
import { root } from "../common/project.ts";

/** The rooms of scripts, lowest first: a file imports from its own room and from those before it. */
const rooms = [
  ["common"],
  ["notebook"],
  ["parameters"],
  ["kernel", "tslab"],
  ["run"],
  ["handouts/document"],
  ["handouts/live"],
  ["handouts/html", "handouts/pdf", "handouts/slides", "handouts/md", "handouts/ipynb", "handouts/css"],
  ["handouts/build"],
  ["sweep"],
  ["progress"],
  ["check"],
  ["lab"],
  ["commands"],
  ["course.ts"],
];

const isCode = (name: string) => /\.(tsx?|js|cjs)$/.test(name) && !/_test\.|_e2e\.|\.d\.ts$/.test(name);

/** Returns the files in a folder, each with the project's files that it imports, for their types too. */
function importsOf(folder: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const look = (path: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(join(root, path))) {
      const file = `${path}/${name}`;
      if (isDirectory && !/^(testdata|bench|node_modules)$/.test(name)) look(file);
      else if (isCode(name)) found.set(file, imports(file));
    }
  };
  const imports = (file: string) =>
    [
      ...Deno.readTextFileSync(join(root, file)).matchAll(
        /^(?!\s*(?:\/\/|\*)).*?(?:from |import |import\()"(\.[^"]+)"/gm,
      ),
    ]
      .map(([, to]) => relative(".", normalize(join(file, "..", to))).replaceAll("\\", "/"));
  look(folder);
  return found;
}

/** Returns the files of a circular import, if there is one. */
function circleIn(files: Map<string, string[]>): string[] | undefined {
  const done = new Set<string>();
  const from = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return;
    for (const to of files.get(file) ?? []) {
      const circle = from(to, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
  };
  for (const file of files.keys()) {
    const circle = from(file, []);
    if (circle) return circle;
  }
}

function levelOf(file: string): number {
  return rooms.findIndex((names) =>
    names.some((name) => file === `scripts/${name}` || file.startsWith(`scripts/${name}/`))
  );
}

Deno.test("every script is in a room, and imports only from that room and those below", () => {
  const wrong: string[] = [];
  for (const [file, imports] of importsOf("scripts")) {
    if (levelOf(file) < 0) wrong.push(`${file} is in no room`);
    for (const to of imports.filter((to) => !to.startsWith("lib/"))) {
      if (levelOf(to) > levelOf(file) || levelOf(to) < 0) wrong.push(`${file} imports ${to}`);
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("scripts do not import each other in circles", () => {
  assert.equal(circleIn(importsOf("scripts")), undefined);
});

Deno.test("lib imports nothing but lib", () => {
  for (const [file, imports] of importsOf("lib")) {
    for (const to of imports) assert(to.startsWith("lib/"), `${file} imports ${to}`);
  }
});

Deno.test("the core of lib imports no plots, hosts, experiments or exercises, not even indirectly", () => {
  const files = importsOf("lib");
  const core = [
    "loop",
    "queue",
    "gather",
    "sleep",
    "external",
    "lock",
    "timeout",
    "task_group",
    "clock",
    "errors",
    "mistakes",
    "arguments",
    "turns",
  ];
  const above = /^lib\/((plots|host|exercises)\/|(mod|experiment|performance|run|real_clock)\.ts$)/;
  const reached = new Set(core.map((name) => `lib/${name}.ts`));
  for (const file of reached) {
    for (const to of files.get(file)!) {
      assert(!above.test(to), `${file} imports ${to}`);
      reached.add(to);
    }
  }
});

Deno.test("files of lib do not import each other in circles", () => {
  assert.equal(circleIn(importsOf("lib")), undefined);
});
