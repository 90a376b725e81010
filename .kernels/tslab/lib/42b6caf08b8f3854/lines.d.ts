/**
 * Says that an item was made: prints the lecture's yellow line, and leaves a mark on the plots.
 *
 * @throws {LessonError} outside of an experiment
 */
export declare function generated(idx: number): void;
/**
 * Says that an item was used: prints the lecture's cyan line, and leaves a mark on the plots.
 *
 * @param latency for how long the item waited, in seconds
 * @throws {LessonError} outside of an experiment
 */
export declare function processed(value: unknown, latency: number): void;
/** White text on a terminal or in a notebook. */
export declare const white: (text: string) => string;
