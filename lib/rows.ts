/**
 * Rows of up to four numbers each, which cost next to nothing to add: they lie in one block, outside of what the engine
 * searches for garbage.
 */
export class Rows {
  #numbers = new Float64Array(1024);
  #end = 0;

  /** @param width how many numbers a row has */
  constructor(readonly width: number) {}

  add(a: number, b: number, c = 0, d = 0): void {
    const at = this.#end;
    if (at + 4 > this.#numbers.length) this.#grow();
    const numbers = this.#numbers;
    numbers[at] = a;
    numbers[at + 1] = b;
    numbers[at + 2] = c; // in a narrower row, the next one overwrites it
    numbers[at + 3] = d;
    this.#end = at + this.width;
  }

  removeLast(): void {
    this.#end -= this.width;
  }

  /** One number of every row. */
  column(index: number): number[] {
    return Array.from(
      { length: this.#end / this.width },
      (_, row) => this.#numbers[row * this.width + index],
    );
  }

  #grow(): void {
    const numbers = new Float64Array(2 * this.#numbers.length);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }
}
