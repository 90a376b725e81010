/**
 * The number of seconds, if it is one that can be waited for.
 *
 * @param action what is about to be done, for the error: `Cannot ${action} for -1 s: …`
 * @throws {LessonError} where it is no number, negative, or longer than 30 years
 */
export declare function checkSeconds(action: string, seconds: number): number;
/**
 * The value, if it is a whole number of at least `least`.
 *
 * @throws {LessonError} where it is anything else
 */
export declare function checkWhole(name: string, value: number, least: number, most?: any): number;
/** A value as it is shown in an error: short, and on one line. */
export declare function describe(value: unknown): string;
/**
 * The speed, if a clock can run at it: any number above 0; `Infinity` for the clock that waits for nothing.
 *
 * @throws {LessonError} where it is anything else
 */
export declare function checkSpeed(speed: number): number;
