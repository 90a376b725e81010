import { EventLoop, Future, Task } from "../loop.ts";
import { Queue } from "../queue.ts";

const { getOwnPropertyDescriptor: descriptorOf, getOwnPropertyDescriptors: descriptorsOf, is } = Object;
const { ownKeys, defineProperty, deleteProperty } = Reflect;
const globals = globalThis as Record<string, unknown>;

/** The globals that an answer must not replace. */
const NAMES =
  ("console Math Promise Date JSON Object Array Map Set Number String RegExp Error performance setTimeout clearTimeout " +
    "setInterval clearInterval setImmediate clearImmediate queueMicrotask").split(" ");

/**
 * Records the properties of the engine's globals and of lib's classes.
 *
 * @returns a function that restores those replaced since, deletes those added, and returns the names of both
 */
export function keepGlobals(except?: "console"): () => string[] {
  const kept: { prefix: string; owner: object; known: Record<PropertyKey, Known>; closed: object }[] = [];
  const keep = (prefix: string, owner: object = {}, closed = owner, keys = ownKeys(owner)) => {
    const known: Record<PropertyKey, Known> = Object.create(null);
    for (const key of keys) known[key] = { before: descriptorOf(owner, key)!, value: valueOf(owner, key) };
    kept.push({ prefix, owner, known, closed });
  };
  const own = NAMES.filter((name) => name in globals && name !== except); // some do not exist in a page
  keep("", globals, Object.create(null), own);
  const objects: Record<string, unknown> = { Queue, EventLoop, Future, Task };
  for (const name of [...own, ...Object.keys(objects)]) {
    const it = (objects[name] ?? globals[name]) as { prototype?: object };
    keep(`${name}.`, it, Object.getPrototypeOf(it)); // engines add names of their own
    keep(`${name}.prototype.`, it.prototype);
  }
  return () => {
    const names: string[] = [];
    for (let i = 0; i < kept.length; i++) { // no array methods here: they may be replaced, too
      const { prefix, owner, known, closed } = kept[i];
      const keys = ownKeys({ ...known, ...descriptorsOf(owner) });
      for (let j = 0; j < keys.length; j++) {
        const key = keys[j];
        const it = known[key];
        if (it ? is(valueOf(owner, key), it.value) : !(key in closed)) continue;
        if (it) defineProperty(owner, key, it.before);
        else if (!deleteProperty(owner, key)) continue;
        names[names.length] = prefix + String(key);
      }
    }
    return names;
  };
}

type Known = { before: PropertyDescriptor; value: unknown };

/** The value of a property, or its getter if reading could fail. Some of Deno's globals have a getter until they are set. */
function valueOf(owner: object, key: PropertyKey): unknown {
  const { value, get } = descriptorOf(owner, key) ?? {};
  return value ?? (owner === globals ? globals[key as string] : get);
}
