/** One row of the count: a try is written as failed before the password is looked at; a success writes a second row. */
export type SignInTry = { readonly sourceKey: string; readonly hasSucceeded: boolean; readonly at: Date };

/** Within this time tries with the same address are counted together. */
export const WINDOW_MINUTES = 15;
/** Failures with one address from one place; afterwards that place waits. */
export const FAILURES_PER_SOURCE = 5;
/** Failures with one address from everywhere; afterwards only places that signed in with it lately may go on. */
export const FAILURES_PER_EMAIL = 20;
/** Tries of the whole installation in one minute; afterwards only such known places may go on. */
export const TRIES_PER_MINUTE = 300;
/** A place counts as known for so long after a success, so that a stranger's tries cannot lock a person out. */
export const KNOWN_SOURCE_DAYS = 30;

const MINUTE_MS = 60_000;

type Count = {
  /** Tries with this address within the window, in any order. */
  readonly tries: readonly SignInTry[];
  readonly sourceKey: string;
  readonly isKnownSource: boolean;
  /** Tries of the whole installation within the last minute. */
  readonly triesInLastMinute: number;
  readonly now: Date;
};

/** Whole minutes to wait before the next try is looked at; 0 when it may go on. Waiting always ends: nothing locks out for good. */
export const minutesToWait = ({ tries, sourceKey, isKnownSource, triesInLastMinute, now }: Count): number => {
  const failures = failuresOf(tries);
  const bySource = minutesUntilBelow(
    failures.filter((failure) => failure.sourceKey === sourceKey),
    { limit: FAILURES_PER_SOURCE, now },
  );
  if (isKnownSource) {
    return bySource;
  }
  const byEmail = minutesUntilBelow(failures, { limit: FAILURES_PER_EMAIL, now });
  const overall = triesInLastMinute >= TRIES_PER_MINUTE ? 1 : 0;
  return Math.max(bySource, byEmail, overall);
};

/** Takes out each try that a later success of the same place redeemed. Oldest first. */
const failuresOf = (tries: readonly SignInTry[]): readonly SignInTry[] => {
  const failures: SignInTry[] = [];
  for (const entry of tries.toSorted((a, b) => a.at.getTime() - b.at.getTime() || Number(a.hasSucceeded) - Number(b.hasSucceeded))) {
    if (!entry.hasSucceeded) {
      failures.push(entry);
      continue;
    }
    const redeemed = failures.findLastIndex((failure) => failure.sourceKey === entry.sourceKey);
    if (redeemed >= 0) {
      failures.splice(redeemed, 1);
    }
  }
  return failures;
};

/** Minutes until the window has moved past enough failures that fewer than `limit` are left. */
const minutesUntilBelow = (failures: readonly SignInTry[], { limit, now }: { readonly limit: number; readonly now: Date }): number => {
  const since = now.getTime() - WINDOW_MINUTES * MINUTE_MS;
  const counted = failures.filter((failure) => failure.at.getTime() > since);
  const last = counted.at(-limit);
  return last === undefined ? 0 : Math.max(1, Math.ceil((last.at.getTime() - since) / MINUTE_MS));
};
