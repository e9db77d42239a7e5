import type { LineKey } from "#server/domain/automation-lines.ts";

/** Lines that tell how an action went. Each is said at most once about one effect. */
export const AFTER_LINES = [
  "reset_started",
  "reset_done",
  "reset_failed",
  "reset_declined",
  "reset_unheard",
  "reset_changed",
  "reset_refused",
  "door_opened",
  "door_failed",
  "door_refused",
  "door_unheard",
] as const satisfies readonly LineKey[];

export type AfterLine = (typeof AFTER_LINES)[number];

/** Business identity of such a line. */
export const lineKeyOf = (effectId: string, line: AfterLine): string => `line:${effectId}:${line}`;
