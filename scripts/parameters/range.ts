/** What a number may be, as a comment says it: `whole, 1 to 1000: items to make`. @module */

/** What a number may be; a bound that is not there is infinite. */
export interface NumberRange {
  least?: number;
  most?: number;
  /** It must be larger than this. */
  above?: number;
  /** It must be smaller than this. */
  below?: number;
  whole?: boolean;
}

/** A range without bounds. */
export const anyNumber: NumberRange = {};

const NUMBER = "([+-]?(?:\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|Infinity))";
const clauses: [RegExp, (a: number, b: number) => NumberRange][] = [
  [new RegExp(`^${NUMBER} to ${NUMBER}$`), (least, most) => ({ least, most })],
  [new RegExp(`^at least ${NUMBER}$`), (least) => ({ least })],
  [new RegExp(`^at most ${NUMBER}$`), (most) => ({ most })],
  [new RegExp(`^above ${NUMBER}$`), (above) => ({ above })],
  [new RegExp(`^below ${NUMBER}$`), (below) => ({ below })],
  [/^whole$/, () => ({ whole: true })],
];

/** Takes a comment apart: the range before the colon, if it is one, and the help after it. */
export function readRange(comment: string): { range: NumberRange; help: string } {
  const colon = comment.indexOf(":");
  const range = colon < 0 ? undefined : rangeOf(comment.slice(0, colon));
  return range
    ? { range, help: comment.slice(colon + 1).trim() }
    : { range: anyNumber, help: comment.trim() };
}

function rangeOf(text: string): NumberRange | undefined {
  let range: NumberRange = {};
  for (const part of text.split(",")) {
    const found = clauses.map(([pattern, make]) => ({ match: pattern.exec(part.trim()), make }))
      .find(({ match }) => match);
    if (!found) return undefined;
    range = { ...range, ...found.make(Number(found.match![1]), Number(found.match![2])) };
  }
  return range;
}

/** Whether a number is in a range. NaN never is. */
export function isIn(value: number, { least, most, above, below, whole }: NumberRange): boolean {
  return value >= (least ?? -Infinity) && value <= (most ?? Infinity) &&
    (above === undefined || value > above) && (below === undefined || value < below) &&
    (!whole || Number.isInteger(value));
}

/** A range in words: `a whole number from 1 to 1000`. */
export function rangeInWords({ least, most, above, below, whole }: NumberRange): string {
  const bounds = [
    least !== undefined && most !== undefined ? `from ${least} to ${most}` : undefined,
    least !== undefined && most === undefined ? `of at least ${least}` : undefined,
    most !== undefined && least === undefined ? `of at most ${most}` : undefined,
    above !== undefined ? `above ${above}` : undefined,
    below !== undefined ? `below ${below}` : undefined,
  ].filter((bound) => bound !== undefined);
  return [whole ? "a whole number" : "a number", bounds.join(" and ")].filter((part) => part !== "").join(
    " ",
  );
}
