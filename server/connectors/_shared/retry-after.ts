/** Chosen by us: a vendor that names a longer wait is asked again after this. */
const LONGEST_SECONDS = 3_600;

/**
 * The wait a vendor asks for, in whole seconds from 1 to 3,600; `undefined` when it names none.
 * A date is read against the answer's own `Date` header, so that the two clocks need not agree.
 */
export const retryAfterSeconds = (headers: Headers): number | undefined => {
  const value = headers.get("retry-after")?.trim();
  if (value === undefined || value === "") {
    return undefined;
  }
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : (Date.parse(value) - Date.parse(headers.get("date") ?? "")) / 1_000;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), LONGEST_SECONDS) : undefined;
};
