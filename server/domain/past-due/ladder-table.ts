import { formatMoney } from "../money.ts";
import type { Tier } from "./facts.ts";
import { stepOf } from "./ladder.ts";
import type { PastDueSettings } from "./settings.ts";

export type LadderCell = {
  readonly tier: Tier;
  /** The tier that would stand here if the first notice were not friendly; null = the same. */
  readonly insteadOf: Tier | null;
  readonly alsoUrgentNote: boolean;
  readonly alsoLockRequest: boolean;
  /** `final, with an urgent note and a request to lock the door` */
  readonly text: string;
};

export type LadderTable = {
  /** `no attempt yet`, `1 attempt`, `2 or 3 attempts`, `4 attempts or more` */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly amounts: string; readonly cells: readonly LadderCell[] }[];
  /** What the table leaves out, as sentences. */
  readonly notes: readonly string[];
};

/**
 * The ladder as people read it in the settings: a row for each range of amounts, a column for each range of attempts. The cells are
 * asked of `stepOf`, so the table never tells anything but what happens.
 */
export const ladderTable = (settings: PastDueSettings, currency: string): LadderTable => {
  const amounts = rangesFrom(settings.remindFromMinor, [settings.firmFromMinor, settings.finalFromMinor, settings.urgentFromMinor]);
  const attempts = rangesFrom(0, [
    ...(settings.firstNoticeFriendly ? [1] : []),
    settings.firmFromAttempts,
    settings.finalFromAttempts,
    settings.urgentFromAttempts,
  ]).filter(({ from }) => from < settings.endsAtAttempts);
  return {
    columns: attempts.map((range) => attemptsText(range)),
    rows: amounts.map((range) => ({
      amounts: amountsText(range, currency),
      cells: attempts.map(({ from }) => cellOf({ dueMinor: BigInt(range.from), attempts: from }, settings)),
    })),
    notes: notesOf(settings),
  };
};

/** `to` is the last value of the range; null = no end. */
type Range = { readonly from: number; readonly to: number | null };

const rangesFrom = (first: number, bounds: readonly number[]): readonly Range[] => {
  const starts = [...new Set([first, ...bounds])].toSorted((left, right) => left - right);
  return starts.map((from, index) => ({ from, to: (starts[index + 1] ?? 0) - 1 < from ? null : (starts[index + 1] ?? 0) - 1 }));
};

const amountsText = ({ from, to }: Range, currency: string): string => {
  const start = formatMoney(`${from}`, currency);
  return to === null ? `${start} or more` : `${start} to ${formatMoney(`${to}`, currency)}`;
};

const attemptsText = ({ from, to }: Range): string => {
  const many = (count: number): string => `${count} ${count === 1 ? "attempt" : "attempts"}`;
  if (to === null) {
    return `${many(from)} or more`;
  }
  if (from === to) {
    return from === 0 ? "no attempt yet" : many(from);
  }
  return to === from + 1 ? `${from} or ${many(to)}` : `${from} to ${many(to)}`;
};

const cellOf = (place: { readonly dueMinor: bigint; readonly attempts: number }, settings: PastDueSettings): LadderCell => {
  const { tier, alsoUrgentNote, alsoLockRequest } = stepOf(place, settings);
  const plain = stepOf(place, { ...settings, firstNoticeFriendly: false }).tier;
  return {
    tier,
    insteadOf: plain === tier ? null : plain,
    alsoUrgentNote,
    alsoLockRequest,
    text: alsoUrgentNote ? `${tier}, with an urgent note and a request to lock the door` : tier,
  };
};

const notesOf = (settings: PastDueSettings): readonly string[] => [
  ...(settings.firstNoticeFriendly ? ["The first notice is friendly, whatever is owed."] : []),
  `After ${settings.endsAtAttempts} ${settings.endsAtAttempts === 1 ? "attempt" : "attempts"} Spotter stops and lists the case for the manager.`,
  `Between two texts about money at least ${settings.pauseHours} hours pass, and nobody gets more than ${settings.mostTextsIn7Days} in seven days.`,
  "Nothing is sent while a promise, a plan, hardship, a dispute, a freeze, a payment on its way or an exception holds.",
];
