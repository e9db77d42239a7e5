import "server-only";

import type { Window } from "#server/domain/metrics/period.ts";

/** What every reader is asked about: one club, one stretch of time, and the zone in which its days begin. */
export type Scope = { readonly clubId: string; readonly timeZone: string; readonly window: Window };

const DAY_MS = 86_400_000;

export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS);
