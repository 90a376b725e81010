/** The limits of a wait. */
export interface Limits {
  /** The seconds to wait; for ever by default. */
  timeout?: number;
  /** The error to throw when that has passed. */
  tooLate?: () => Error;
  /** Ends the wait with its reason when aborted. */
  signal?: AbortSignal;
}

/** Waits for a promise, within limits. The promise's later outcome is ignored. */
export async function within<T>(
  promise: Promise<T>,
  { timeout = Infinity, tooLate, signal }: Limits,
): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal?.reason);
  const late = () => reject(tooLate?.() ?? new Error(`it took longer than ${timeout} s`));
  // Longer than a timer can last, 24 days, is for ever.
  const timer = timeout * 1000 < 2 ** 31 ? setTimeout(late, timeout * 1000) : undefined;
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
