"use client";

import { useReport } from "#components/dashboard/use-report.ts";
import { useZone } from "#components/lib/clock.tsx";
import { formatTime } from "#components/lib/format.ts";
import type { Period } from "#server/domain/metrics/period.ts";

/** Which two stretches stand beside each other, on the club's calendar. */
export const PeriodLine = ({ period }: { readonly period: Period }) => {
  const zone = useZone();
  const report = useReport("answering", period);
  if (report.data === undefined) {
    return null;
  }
  const { before, period: now } = report.data;
  return (
    <p role="status" className="text-xs text-ink-3 tabular-nums">
      {stretch(now, zone)}, against {stretch(before, zone)}
    </p>
  );
};

const DAY_MS = 86_400_000;

const stretch = ({ from, until }: { readonly from: Date; readonly until: Date }, zone: string): string => {
  const day = new Intl.DateTimeFormat("en-US", { timeZone: zone, month: "short", day: "numeric" });
  const isMidnight = (at: Date): boolean => formatTime(at, zone) === "12:00 AM";
  const last = isMidnight(until) ? new Date(until.getTime() - DAY_MS / 2) : until;
  return `${day.format(from)}${isMidnight(from) ? "" : ` ${formatTime(from, zone)}`} – ${day.format(last)}${isMidnight(until) ? "" : ` ${formatTime(until, zone)}`}`;
};
