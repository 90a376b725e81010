import { StoppedError } from "../errors.ts";

/** One thing in several representations, by MIME type; `text/plain` is always among them. JSON is given as a value. */
export type MimeBundle = {
  readonly "text/plain": string;
  readonly [text: `text/${string}`]: string;
  readonly [picture: `image/${string}`]: string;
  readonly [json: `application/${string}json`]: object;
};

/** The place where the code runs: a kernel, a terminal, a page. Nothing else in lib knows which it is. */
export interface Host {
  /** Shows a thing below the cell; with `id`, one that may be replaced, or that replaces the one with this id. */
  display(thing: MimeBundle, id?: string, replaces?: boolean): Promise<void>;
  /** Calls `stop` in place of ending the process when Stop is pressed. Returns a function that takes that back. */
  onInterrupt(stop: () => void): () => void;
  /**
   * Calls `main`, and ends it when Stop is pressed before it has returned or come to its first `await`, where the host
   * can end code that blocks the thread.
   *
   * @throws {StoppedError} when it was ended
   */
  interruptibly<T>(main: () => T): T;
  /** Blocks the thread for a number of milliseconds. @throws {StoppedError} when Stop is pressed meanwhile */
  blockThread(milliseconds: number): void;
  /** @throws {StoppedError} when Stop was pressed while the thread was busy, as far as the host can know */
  checkInterrupt(): void;
  /**
   * Calls `tell` with a sentence when a promise has failed and nobody awaits it. Returns a function that takes that back.
   */
  onUnhandled(tell: (sentence: string) => void): () => void;
}

/** The error with which a run ends when Stop is pressed. */
export function stopped(): StoppedError {
  return new StoppedError("The run was stopped.");
}

/** Calls `tell` with a sentence about a failure that nobody handled, unless it is that of a stopped run. */
export function tellUnhandled(reason: unknown, tell: (sentence: string) => void): void {
  if (reason instanceof StoppedError) return;
  tell(`A call failed, and nobody awaited it: write await in front of it. It said: ${reason}`);
}

/**
 * Listens for failures that nobody handled, and prints them as warnings. Returns the host's `onUnhandled`, by which
 * somebody else is told in the meantime.
 */
export function listenForUnhandled(): Host["onUnhandled"] {
  const warn = (sentence: string) => console.warn(`Warning: ${sentence}`);
  let tellNow = warn;
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    tellUnhandled(event.reason, tellNow);
  });
  return (tell) => {
    tellNow = tell;
    return () => tellNow = warn;
  };
}

/** Sends a message of the Jupyter protocol to all front ends. */
export type Broadcast = (type: string, content: Record<string, unknown>) => Promise<void>;

/** Displays things by messages of the Jupyter protocol. */
export function displayBy(broadcast: Broadcast): Host["display"] {
  return (data, display_id, replaces) => {
    const type = replaces ? "update_display_data" : "display_data";
    return broadcast(type, { data, metadata: {}, transient: { display_id } });
  };
}
