/** The files of a set that are not in an earlier one with the same content. */
export function differing<T extends string | Uint8Array>(
  files: ReadonlyMap<string, T>,
  before: ReadonlyMap<string, T>,
): Map<string, T> {
  return new Map([...files].filter(([name, content]) => !isSame(content, before.get(name))));
}

function isSame(one: string | Uint8Array, other?: string | Uint8Array): boolean {
  if (typeof one === "string" || typeof other === "string" || other === undefined) return one === other;
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
