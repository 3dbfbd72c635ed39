/** A read that repeats until it is stopped. */
export interface Polling {
  /** Reads now, whatever the clock says. */
  refresh(): Promise<void>;
  stop(): void;
}

const SLOWEST_MILLIS = 60_000;

/**
 * Repeats a read while the page is visible: one at a time, slower after each failure, at once when the page is seen again.
 * `read` shows its own result and its own problems; a rejection only slows the pace.
 */
export function poll(read: (signal: AbortSignal) => Promise<void>, everyMillis: number): Polling {
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let failures = 0;

  const plan = () => {
    clearTimeout(timer);
    if (stopping.signal.aborted || document.hidden) return;
    timer = setTimeout(() => void refresh(), Math.min(SLOWEST_MILLIS, everyMillis * 2 ** failures));
  };
  const refresh = (): Promise<void> => {
    running ??= read(stopping.signal)
      .then(
        () => void (failures = 0),
        () => void (failures = Math.min(failures + 1, 6)),
      )
      .finally(() => {
        running = undefined;
        plan();
      });
    return running;
  };
  const seen = () => {
    if (document.hidden) clearTimeout(timer);
    else void refresh();
  };
  document.addEventListener("visibilitychange", seen, { signal: stopping.signal });
  void refresh();
  return {
    refresh,
    stop: () => {
      stopping.abort();
      clearTimeout(timer);
    },
  };
}
