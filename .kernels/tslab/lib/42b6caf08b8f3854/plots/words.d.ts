/** Seconds as they are written in a sentence: `20.3 s`; a dash where there is no such time. */
export declare function seconds(value: number, digits?: number): string;
/** A number and its thing: `1 item`, `20 items`. */
export declare function count(number: number, thing: string): string;
/** At most `most` of the rows, evenly spread, the last among them: a picture of more is no clearer, only larger. */
export declare function thin<T>(rows: readonly T[], most: number): T[];
