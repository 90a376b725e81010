/**
 * Makes `console.log`, and a cell that ends in such a value, print a sentence for everything with this prototype, in Deno
 * and in Node: its insides would fill the screen.
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
