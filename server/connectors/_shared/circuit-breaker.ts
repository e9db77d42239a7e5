/** Chosen by us: so many failures in a row are no hiccup. */
const FAILURES_TO_OPEN = 5;
/** Chosen by us: the first pause, doubled with each further failed try up to the longest. */
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 300_000;
/** While one call tries, the others wait for it; it may never report back. */
const TRIAL_MS = 15_000;

export type CircuitBreaker = {
  /** Milliseconds for which calls are held back; 0 = go. After a pause one call at a time is let through to try. */
  readonly heldForMs: () => number;
  readonly succeeded: () => void;
  readonly failed: () => void;
};

type Input = { readonly nowMs: () => number; readonly onChange: (isOpen: boolean) => void };

/** Stops calling a vendor that does not answer, so that everything else is not kept waiting for it. */
export const createCircuitBreaker = ({ nowMs, onChange }: Input): CircuitBreaker => {
  let failureCount = 0;
  let pauseMs = 0;
  let openUntilMs = 0;
  const isOpen = (): boolean => pauseMs > 0;
  return {
    heldForMs: () => {
      if (!isOpen()) {
        return 0;
      }
      const leftMs = openUntilMs - nowMs();
      if (leftMs <= 0) {
        openUntilMs = nowMs() + TRIAL_MS;
      }
      return Math.max(leftMs, 0);
    },
    succeeded: () => {
      const wasOpen = isOpen();
      failureCount = 0;
      pauseMs = 0;
      if (wasOpen) {
        onChange(false);
      }
    },
    failed: () => {
      failureCount += 1;
      const wasOpen = isOpen();
      if (wasOpen || failureCount >= FAILURES_TO_OPEN) {
        pauseMs = wasOpen ? Math.min(pauseMs * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
        openUntilMs = nowMs() + pauseMs;
      }
      if (!wasOpen && isOpen()) {
        onChange(true);
      }
    },
  };
};
