import { Cron } from "croner";

/**
 * First tick after an instant, in milliseconds. Five fields, to the minute, optionally behind "TZ=<zone> "; UTC otherwise.
 * `null` when the pattern never fires again.
 * @throws when the pattern or the zone is unreadable
 */
export const nextTickMs = (expression: string, afterMs: number): number | null => {
  const { pattern, timeZone } = splitZone(expression);
  return new Cron(pattern, { timezone: timeZone, mode: "5-part" }).nextRun(new Date(afterMs))?.getTime() ?? null;
};

/** What keeps a cron trigger from being evaluated, or `null` when it can be. */
export const findCronProblem = (expression: string, nowMs: number): string | null => {
  try {
    return nextTickMs(expression, nowMs) === null ? "never fires" : null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const splitZone = (expression: string): { pattern: string; timeZone: string } => {
  const match = /^(?:CRON_)?TZ=(\S+)\s+(.+)$/.exec(expression.trim());
  return match === null ? { pattern: expression.trim(), timeZone: "UTC" } : { pattern: match[2] ?? "", timeZone: match[1] ?? "UTC" };
};
