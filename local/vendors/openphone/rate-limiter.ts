export type RateLimiter = { readonly admit: (key: string) => boolean };

/** At most so many calls of one key within any second; the vendor's figure is 10. */
export const createRateLimiter = (input: { readonly perSecond: number; readonly nowMs: () => number }): RateLimiter => {
  const admitted = new Map<string, number[]>();
  return {
    admit: (key) => {
      const nowMs = input.nowMs();
      const recent = (admitted.get(key) ?? []).filter((at) => nowMs - at < 1_000);
      const isFree = recent.length < input.perSecond;
      admitted.set(key, isFree ? [...recent, nowMs] : recent);
      return isFree;
    },
  };
};
