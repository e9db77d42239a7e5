"use client";

import { useClock } from "#components/lib/clock.tsx";
import { formatAgo, formatMoment, formatSince } from "#components/lib/format.ts";

type RelativeTimeProps = {
  readonly at: Date;
  /** Inside a sentence: "4 min ago" instead of "4 min". */
  readonly isInSentence?: boolean;
  readonly className?: string;
};

/** How long ago, and the whole moment in the club's zone on hover. */
export const RelativeTime = ({ at, isInSentence = false, className }: RelativeTimeProps) => {
  const clock = useClock();
  return (
    <time dateTime={at.toISOString()} title={formatMoment(at, clock.zone)} className={className}>
      {isInSentence ? formatSince(at, clock) : formatAgo(at, clock)}
    </time>
  );
};
