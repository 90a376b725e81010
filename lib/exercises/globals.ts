import { EventLoop, Future, Task } from "../loop.ts";
import { Queue } from "../queue.ts";

const { getOwnPropertyDescriptor: descriptorOf, defineProperty, is } = Object;
const { ownKeys } = Reflect;

/** What every program finds there, and an answer should leave as it is. */
const NAMES =
  "console Math Promise Date JSON Object Array Map Set Number String Error setTimeout clearTimeout " +
  "setInterval clearInterval setImmediate clearImmediate queueMicrotask performance";

/** All of that: an object, what it is called in front of a key, and the keys. */
function* kept(): Generator<[object: object, name: string, keys: PropertyKey[]]> {
  const names = NAMES.split(" ");
  yield [globalThis, "", names];
  for (const name of names) {
    const object = (globalThis as Record<string, unknown>)[name] as { prototype?: object } | undefined;
    if (!object || /^[a-z]+[A-Z]/.test(name)) continue; // setTimeout and its like
    yield [object, `${name}.`, ownKeys(object)];
    if (object.prototype) yield [object.prototype, `${name}.prototype.`, ownKeys(object.prototype)];
  }
  for (const { name, prototype } of [Queue, EventLoop, Future, Task]) {
    yield [prototype, `${name}.prototype.`, ownKeys(prototype)];
  }
}

/**
 * Remembers the engine's functions and lib's.
 *
 * @returns a function that puts back what has been replaced since, and returns the names of that
 */
export function keepGlobals(): () => string[] {
  const own = [...kept()].flatMap(([object, name, keys]) =>
    keys.map((key) => ({ object, name, key, before: descriptorOf(object, key), value: read(object, key) }))
  );
  return () => {
    const replaced: string[] = [];
    for (const { object, name, key, before, value } of own) {
      const now = descriptorOf(object, key);
      if (!before || now && is(now.value, before.value) && now.get === before.get) continue;
      if (value !== undefined && read(object, key) === value) continue; // Deno's setTimeout is defined by a getter at first
      replaced.push(`${name}${String(key)}`);
      if (!now || now.configurable) defineProperty(object, key, before);
      else if (now.writable) (object as Record<PropertyKey, unknown>)[key] = before.value;
    }
    return replaced;
  };
}

function read(object: object, key: PropertyKey): unknown {
  try {
    return (object as Record<PropertyKey, unknown>)[key];
  } catch {
    return undefined; // a getter that wants an object of its class
  }
}
