/**
 * The time, in seconds since the experiment began.
 *
 * @throws {LessonError} outside of an experiment
 */
export declare function now(): number;
