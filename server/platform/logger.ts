import "server-only";

import { now } from "#server/platform/clock.ts";
import { env } from "#server/platform/env.ts";
import { pino } from "pino";

/** Keys whose values never reach a log line, wherever they stand in the object. */
export const REDACTED_KEYS = [
  "body",
  "text",
  "email",
  "phone",
  "address",
  "name",
  "password",
  "token",
  "apiKey",
  "credentials",
  "authorization",
  "cookie",
] as const;

export const log = pino({
  level: env.LOG_LEVEL ?? "info",
  base: null,
  redact: { paths: REDACTED_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[redacted]" },
  formatters: { level: (label) => ({ level: label }) },
  timestamp: () => `,"at":"${now().toISOString()}"`,
});
