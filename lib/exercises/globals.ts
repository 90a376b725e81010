import { EventLoop, Future, Task } from "../loop.ts";
import { Queue } from "../queue.ts";

const { getOwnPropertyDescriptor: descriptorOf, defineProperty, entries, is } = Object;
const { ownKeys } = Reflect;
const globals = globalThis as Record<string, unknown>;

/** What every program finds there, and an answer should leave as it is. */
const NAMES =
  ("console Math Promise Date JSON Object Array Map Set Number String Error performance setTimeout clearTimeout " +
    "setInterval clearInterval setImmediate clearImmediate queueMicrotask").split(" ");

/** All of that, and what belongs to it and to lib's classes. */
function* properties(): Generator<[name: string, owner: object, key: PropertyKey]> {
  for (const name of NAMES) yield [name, globals, name];
  const objects = [
    ...NAMES.map((name) => [name, globals[name]]),
    ...entries({ Queue, EventLoop, Future, Task }),
  ];
  for (const [name, it] of objects as [string, { prototype?: object }][]) {
    for (const [prefix, owner] of entries({ [name]: it, [`${name}.prototype`]: it?.prototype })) {
      if (owner) { for (const key of ownKeys(owner)) yield [`${prefix}.${String(key)}`, owner, key]; }
    }
  }
}

/**
 * Remembers the engine's functions and lib's.
 *
 * @returns a function that puts back what has been replaced since, and returns the names of that
 */
export function keepGlobals(): () => string[] {
  const own = [...properties()].map(([name, owner, key]) => {
    return { name, owner, key, before: descriptorOf(owner, key), value: valueOf(owner, key) };
  });
  return () =>
    own.filter(({ owner, key, before, value }) => {
      if (!before || is(valueOf(owner, key), value)) return false;
      const now = descriptorOf(owner, key);
      if (!now || now.configurable) defineProperty(owner, key, before);
      else if (now.writable) (owner as Record<PropertyKey, unknown>)[key] = before.value;
      return true;
    }).map(({ name }) => name);
}

/** The value of a property, or else its getter. Of Deno's globals some are defined by a getter at first. */
function valueOf(owner: object, key: PropertyKey): unknown {
  const { value, get } = descriptorOf(owner, key) ?? {};
  return value ?? (owner === globals ? globals[key as string] : get);
}
