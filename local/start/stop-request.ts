/** One Ctrl-C arrives two or three times: from the terminal, from npm and from the launcher. */
const SAME_KEYPRESS_MS = 1000;
export const INTERRUPTED_EXIT_CODE = 130;

export type StopHandlers = {
  /** Stops in order and ends the process. */
  readonly stop: () => Promise<void>;
  /** Kills what runs, at once. */
  readonly stopByForce: () => void;
};

/** Calls `stop` at the first signal, or when the process that launched this one is gone; a later signal ends by force. */
export const onStopRequest = ({ stop, stopByForce }: StopHandlers): void => {
  let requestedAtMs: number | null = null;
  const request = (): void => {
    if (requestedAtMs === null) {
      requestedAtMs = Date.now();
      void stop();
    } else if (Date.now() - requestedAtMs > SAME_KEYPRESS_MS) {
      stopByForce();
      process.exit(INTERRUPTED_EXIT_CODE);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, request);
  }
  process.on("disconnect", request);
  // The reader of our output may be gone before us; stopping in order matters more than being heard.
  process.stdout.on("error", () => undefined);
};
