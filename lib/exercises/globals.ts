import { EventLoop, Future, Task } from "../loop.ts";
import { Queue } from "../queue.ts";

const { getOwnPropertyDescriptor: descriptorOf, is } = Object;
const { ownKeys, defineProperty, deleteProperty } = Reflect;
const getPrototypeOf = Object.getPrototypeOf as (of: object) => object;
const globals = globalThis as Record<string, unknown>;

/** What every program finds there, and an answer should leave as it is. */
const NAMES =
  ("console Math Promise Date JSON Object Array Map Set Number String RegExp Error performance setTimeout clearTimeout " +
    "setInterval clearInterval setImmediate clearImmediate queueMicrotask").split(" ");

type Kept = { name: string; owner: object; key: PropertyKey; before: PropertyDescriptor; value: unknown };

/**
 * Remembers the engine's functions and lib's.
 *
 * @returns a function that puts back what has been replaced since, takes away what was added, and returns the names of both
 */
export function keepGlobals(except?: "console"): () => string[] {
  const kept: Kept[] = [];
  const owners: { prefix: string; owner: object; known: Record<PropertyKey, true> }[] = [];
  const keep = (prefix: string, owner: object = {}, keys = ownKeys(owner)) => {
    const known = Object.assign(Object.create(null), Object.fromEntries(keys.map((key) => [key, true])));
    if (owner !== globals) owners.push({ prefix, owner, known });
    for (const key of keys) {
      const [before, value] = [descriptorOf(owner, key)!, valueOf(owner, key)];
      kept.push({ name: prefix + String(key), owner, key, before, value });
    }
  };
  const own = NAMES.filter((name) => name in globals && name !== except); // a page lacks some
  keep("", globals, own);
  const objects: Record<string, unknown> = { Queue, EventLoop, Future, Task };
  for (const name of [...own, ...Object.keys(objects)]) {
    const it = (objects[name] ?? globals[name]) as { prototype?: object };
    keep(`${name}.`, it);
    keep(`${name}.prototype.`, it.prototype);
  }
  return () => {
    const names: string[] = [];
    for (let i = 0; i < kept.length; i++) { // not by methods of lists, which may be replaced themselves
      const { name, owner, key, before, value } = kept[i];
      if (is(valueOf(owner, key), value)) continue;
      defineProperty(owner, key, before);
      names[names.length] = name;
    }
    for (let i = 0; i < owners.length; i++) {
      const { prefix, owner, known } = owners[i];
      const above = prefix.endsWith(".prototype.") ? owner : getPrototypeOf(owner); // engines add names of their own
      const keys = ownKeys(owner);
      for (let j = 0; j < keys.length; j++) {
        if (keys[j] in known || !(keys[j] in above) || !deleteProperty(owner, keys[j])) continue;
        names[names.length] = prefix + String(keys[j]);
      }
    }
    return names;
  };
}

/** The value of a property, or its getter where reading would fail. Some of Deno's globals have a getter until they are set. */
function valueOf(owner: object, key: PropertyKey): unknown {
  const { value, get } = descriptorOf(owner, key) ?? {};
  return value ?? (owner === globals ? globals[key as string] : get);
}
