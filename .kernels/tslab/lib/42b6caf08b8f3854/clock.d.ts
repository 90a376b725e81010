/**
 * What tells the time, in seconds since it was made. The loop asks for no more than this, so that it runs
 * unchanged on {@linkcode VirtualClock}, which waits for nothing, and on {@linkcode RealClock}, which does.
 */
export interface Clock {
    /** Whether it waits for nothing. Then time stands still while the loop waits for something outside of it. */
    readonly instant: boolean;
    /** Seconds since the clock was made. It stands still while a task runs, unless the task blocks. */
    now(): number;
    /** Goes forward to `time` and answers true, or answers false where `time` is still to come. */
    reach(time: number): boolean;
    /** Calls `ring` once when `time` has come. Returns what takes the alarm back. */
    alarm(time: number, ring: () => void): () => void;
    /** Blocks the thread for a number of seconds: nothing else runs meanwhile. */
    block(seconds: number): void;
}
