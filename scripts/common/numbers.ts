/** Reads numbers as people write them. @module */

/**
 * Reads a number as people write it: `20`, `-1.5e3`, `.5`, `Infinity`. Returns undefined for any other text, and for a
 * number that JavaScript would change: `1e400` would become `Infinity`, and 2^53 + 1 would become 2^53.
 */
export function readNumber(text: string): number | undefined {
  const written = text.trim().replace(/infinity$/i, "Infinity");
  return decimal.test(written) && !isInexact(written) ? Number(written) : undefined;
}

const decimal = /^[+-]?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i;

/** Returns true for a numeric literal that is too large, too small or too precise for a `number`. */
export function isInexact(written: string): boolean {
  const text = written.replace(/(\d)_/g, "$1");
  const number = Number(text);
  const digits = Number.isNaN(number) ? "" : digitsOf(/^0[xob]/i.test(text) ? `${BigInt(text)}` : text);
  if (digits === "" || digits.length > 100) return digits !== "";
  return digitsOf(number.toExponential(digits.length - 1)) !== digits;
}

function digitsOf(text: string): string {
  return text.replace(/e.*$/i, "").replace(/\D/g, "").replace(/^0+/, "");
}
