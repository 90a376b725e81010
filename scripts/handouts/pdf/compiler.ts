import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { Buffer } from "node:buffer";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CourseError } from "../../common/errors.ts";
import { stable } from "./stable.ts";
import { array, call, quoted } from "./typst.ts";

/** The folder that Typst sees. Nothing is ever read from it or written to it: its files are in memory alone. */
const workspace = join(tmpdir(), "course-handouts-typst");

let compiler: NodeCompiler | undefined;

/** Compiles documents that share pictures, by one compiler that stays warm; the pictures are gone afterwards. */
export function compileAll(sources: ReadonlyMap<string, string>, pictures: ReadonlyMap<string, Uint8Array>) {
  compiler ??= NodeCompiler.create({ workspace });
  try {
    for (const [path, bytes] of pictures) compiler.mapShadow(join(workspace, path), Buffer.from(bytes));
    const pdfs = new Map<string, Uint8Array>();
    let broken: string[] | undefined;
    for (const [file, source] of sources) {
      let pdf = compile(compiler, source, broken ?? []);
      if (!pdf && broken === undefined) {
        broken = findBroken(compiler, pictures);
        pdf = compile(compiler, source, broken);
      }
      if (!pdf) throw new CourseError(`Cannot make ${file}: ${complaint(compiler, source, broken ?? [])}.`);
      pdfs.set(file, stable(pdf));
    }
    return pdfs;
  } finally {
    compiler.resetShadow();
    compiler.evictCache(10);
  }
}

/** Pictures are looked at one by one only where something went wrong; the template puts a note in a broken one's place. */
function findBroken(compiler: NodeCompiler, pictures: ReadonlyMap<string, Uint8Array>): string[] {
  return [...pictures.keys()].filter((path) => !compile(compiler, `#${call("image", quoted(path))}`, []));
}

function compile(compiler: NodeCompiler, source: string, broken: readonly string[]): Buffer | undefined {
  try {
    return compiler.pdf({ mainFileContent: withBroken(source, broken) }, {});
  } catch {
    return undefined;
  }
}

function complaint(compiler: NodeCompiler, source: string, broken: readonly string[]): string {
  const errors = compiler.compile({ mainFileContent: withBroken(source, broken) }).takeDiagnostics()
    ?.shortDiagnostics;
  const { message = "Typst gives no reason" } = errors?.[0] ?? {};
  return String(message).replaceAll(workspace, "").replace(/\.$/, "");
}

function withBroken(source: string, broken: readonly string[]): string {
  return `#let broken = ${array(broken.map(quoted))}\n${source}`;
}
