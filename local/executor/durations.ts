const UNIT_MS = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;

const isUnit = (unit: string | undefined): unit is keyof typeof UNIT_MS => unit !== undefined && unit in UNIT_MS;

/**
 * Milliseconds of a duration as the SDK writes it ("1d2h30m10s"; the empty text is its way to write zero).
 * `null` when the text is none.
 */
export const parseDurationMs = (text: string): number | null => {
  if (!/^(\d+[wdhms])*$/.test(text)) {
    return null;
  }
  let totalMs = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)([wdhms])/g)) {
    if (isUnit(unit)) {
      totalMs += Number(amount) * UNIT_MS[unit];
    }
  }
  return Number.isSafeInteger(totalMs) ? totalMs : null;
};

/** The instant a duration or an ISO date names, in milliseconds; `null` when the text is neither. */
export const resolveInstantMs = (text: string, nowMs: number): number | null => {
  const durationMs = parseDurationMs(text);
  if (durationMs !== null) {
    return nowMs + durationMs;
  }
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs;
};

/** What a `retry-after` header asks for: seconds, or a date. Never negative; `null` when absent or unreadable. */
export const parseRetryAfterMs = (header: string | null, nowMs: number): number | null => {
  if (header === null || header === "") {
    return null;
  }
  const seconds = Number(header);
  if (Number.isFinite(seconds)) {
    return Math.max(0, seconds * 1_000);
  }
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
};
