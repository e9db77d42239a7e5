import "server-only";

const shared = globalThis as typeof globalThis & { spotterShutdown?: AbortController };

/**
 * Aborted when the process is told to stop. Next waits for requests in flight, so whatever takes long (a poll step of
 * 50 s) has to watch this signal and leave by itself.
 */
export const shutdownSignal = (): AbortSignal => {
  if (shared.spotterShutdown === undefined) {
    const controller = new AbortController();
    shared.spotterShutdown = controller;
    for (const name of ["SIGINT", "SIGTERM"] as const) {
      process.once(name, () => controller.abort());
    }
  }
  return shared.spotterShutdown.signal;
};
