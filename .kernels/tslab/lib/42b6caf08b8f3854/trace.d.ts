import type { Kind } from "./future.ts";
import type { Instrument } from "./instrument.ts";
import type { Task } from "./task.ts";
/** What a lane did in all: it made items, used them, or neither. */
export type Role = "producer" | "consumer" | "other";
/** One task; or, in a program without tasks, one stretch of the program that makes items or uses them. */
export interface Lane {
    name: string;
    role: Role;
}
/** What a task came to at the end of a slice: what it waits for, or its end. */
export type Next = Kind | "end";
/** Writes down what happens in an experiment. */
export declare class Trace implements Instrument {
    #private;
    readonly lanes: Lane[];
    /** One entry for each slice. */
    readonly slices: {
        lane: {};
        start: {};
        end: {};
        next: {};
    };
    /** One entry for each call of `generated`. */
    readonly generated: {
        lane: {};
        time: {};
        idx: {};
    };
    /** One entry for each call of `processed`. */
    readonly processed: {
        lane: {};
        time: {};
        value: {};
        latency: {};
    };
    /** One entry for each instant at which queues changed: how many items were in them at its end. */
    readonly depth: {
        time: {};
        size: {};
    };
    sliceEnded(task: Task, start: number, end: number): void;
    queueChanged(change: number, time: number): void;
    /** The thread was blocked. In a task, this is a part of its slice. */
    blocked(start: number, end: number): void;
    /** An item was made. */
    markGenerated(idx: number, time: number): void;
    /** An item was used. */
    markProcessed(value: unknown, latency: number, time: number): void;
}
