import { Future, type Kind } from "./future.ts";
import type { EventLoop } from "./loop.ts";
/**
 * Those who wait for one thing, the items of a queue or the room in it, in the order in which they came. Whoever is
 * woken takes it only when it runs, and until then nobody who comes later may overtake.
 *
 * @typeParam Give what is brought @typeParam Take what is taken
 */
export declare class WaitingLine<Give, Take> {
    #private;
    readonly kind: Kind;
    readonly available: () => number;
    readonly take: (given: Give) => Take;
    readonly label: () => string;
    /** @param available how much of it there is @param take takes one @param label what it is, for errors */
    constructor(kind: Kind, available: () => number, take: (given: Give) => Take, label: () => string);
    /** How many wait. */
    get waiting(): number;
    /** A future of what `take` returns: done at once where nobody waits and there is enough. */
    enter(loop: EventLoop, given: Give): Future<Take>;
    /** Wakes whoever is next, where there is something left for them. */
    wakeNext(): void;
    /** Lets one who was woken take it. */
    serve(future: Waiting<Give, Take>): void;
}
declare class Waiting<Give, Take> extends Future<Take> {
    readonly line: WaitingLine<Give, Take>;
    readonly given: Give;
    givenUp: boolean;
    constructor(loop: EventLoop, line: WaitingLine<Give, Take>, given: Give);
    get label(): string;
    cancel(): boolean;
    protected fetch(): void;
}
export {};
