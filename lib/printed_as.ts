/**
 * Has `console.log`, and a cell that ends in one, print a sentence for what has this prototype, in Deno and in Node:
 * the insides would fill the screen.
 */
export function printedAs<T extends object>(prototype: T, sentence: (value: T) => string): void {
  for (const name of ["Deno.customInspect", "nodejs.util.inspect.custom"]) {
    Object.defineProperty(prototype, Symbol.for(name), {
      value(this: T) {
        return sentence(this);
      },
    });
  }
}
