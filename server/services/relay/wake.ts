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

/** Resolves when woken, after `ms`, or when the signal is aborted. */
export const waitForWake = (
  key: string,
  { ms, signal }: { readonly ms: number; readonly signal?: AbortSignal | undefined },
): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const looks = waiting().get(key) ?? new Set();
    waiting().set(key, looks);
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      looks.delete(end);
      if (looks.size === 0 && waiting().get(key) === looks) {
        waiting().delete(key);
      }
      resolve();
    };
    const timer = setTimeout(end, ms);
    looks.add(end);
    signal?.addEventListener("abort", end);
  });
