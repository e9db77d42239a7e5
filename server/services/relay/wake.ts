import "server-only";

type Waiting = Map<string, Set<() => void>>;

// Routes and functions are bundled apart: what they share stands here and not in a module.
const shared = globalThis as typeof globalThis & { spotterRelayWaiting?: Waiting };
const waiting = (): Waiting => (shared.spotterRelayWaiting ??= new Map());

export const relayKey = (relayId: string): string => `relay:${relayId}`;
export const callKey = (callId: string): string => `call:${callId}`;

/** Tells whoever waits for this in this process to look; whoever waits elsewhere looks by itself. */
export const wake = (key: string): void => {
  waiting()
    .get(key)
    ?.forEach((look) => look());
};

/** Resolves when woken (true), after `ms`, or when the signal is aborted. */
export const waitForWake = (
  key: string,
  { ms, signal }: { readonly ms: number; readonly signal?: AbortSignal | undefined },
): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve(false);
      return;
    }
    const looks = waiting().get(key) ?? new Set();
    waiting().set(key, looks);
    const end = (wasWoken: boolean): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      looks.delete(look);
      if (looks.size === 0 && waiting().get(key) === looks) {
        waiting().delete(key);
      }
      resolve(wasWoken);
    };
    const look = (): void => end(true);
    const stop = (): void => end(false);
    const timer = setTimeout(stop, ms);
    looks.add(look);
    signal?.addEventListener("abort", stop);
  });
