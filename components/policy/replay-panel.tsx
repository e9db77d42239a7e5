"use client";

import Link from "next/link";

import { useClub } from "#components/lib/club.tsx";
import { conversationPath } from "#components/lib/paths.ts";
import type { PolicyReplay } from "#components/policy/policy-types.ts";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Category } from "#server/domain/intent.ts";
import { CATEGORY_LABELS } from "#server/domain/categories.ts";
import type { PolicyDifference } from "#server/domain/policy-diff.ts";
import type { Outcome } from "#server/domain/reasons.ts";
import { isReplayed } from "#server/domain/replay.ts";

const OUTCOMES = {
  respond: "Answered alone",
  suggest: "Drafted for a person",
  escalate: "Handed to a person",
  ignore: "Left unanswered",
  wait: "Answered with a later one",
} as const satisfies Record<Outcome, string>;

type ReplayPanelProps = { readonly replay: PolicyReplay; readonly changes: readonly PolicyDifference[] };

/** The last days as they were, and as they would have been. */
export const ReplayPanel = ({ replay, changes }: ReplayPanelProps) => {
  const unseen = changes.filter(({ path }) => !isReplayed(path)).length;
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-base font-semibold text-balance">
        {sentenceOf(replay)}
      </p>
      {replay.replayedCount === 0 ? null : <Counts replay={replay} />}
      <ul className="flex flex-col gap-0.5 text-xs text-ink-3">
        <li>No model was called, so this cost nothing.</li>
        {unseen === 0 ? null : (
          <li>
            {unseen === 1 ? "One change does" : `${unseen} changes do`} not show here: a replay tells what goes out, not what is written or
            when.
          </li>
        )}
        {changes.some(({ path }) => path.startsWith("automations.")) ? (
          <li>An automation that was off left no trace: what it would have done shows only in new messages.</li>
        ) : null}
        {replay.notReplayableCount === 0 ? null : (
          <li>{replay.notReplayableCount} older messages were stored without what a replay needs and are not counted.</li>
        )}
        {replay.isCut ? <li>There were more messages than a replay takes; the newest are counted.</li> : null}
      </ul>
      {replay.changes.length === 0 ? null : <ChangedConversations replay={replay} />}
    </div>
  );
};

const sentenceOf = ({
  replayedCount,
  days,
  before,
  after,
  newlySentCount,
  newlyHeldCount,
  newlySentOverruledCount,
}: PolicyReplay): string => {
  if (replayedCount === 0) {
    return `No messages of the last ${days} days can be replayed`;
  }
  if (newlySentCount === 0 && newlyHeldCount === 0) {
    return `In the last ${days} days the same ${before.respond} of ${replayedCount} messages would have been answered alone`;
  }
  const corrected =
    newlySentCount === 0
      ? ""
      : `; ${newlySentOverruledCount} of the new ones ${newlySentOverruledCount === 1 ? "was" : "were"} later corrected`;
  return `In the last ${days} days Spotter would have answered ${after.respond} of ${replayedCount} alone instead of ${before.respond}: ${newlySentCount} more, ${newlyHeldCount} held${corrected}`;
};

const Counts = ({ replay }: { readonly replay: PolicyReplay }) => (
  <table className="w-full text-sm tabular-nums">
    <caption className="sr-only">What became of the messages, and what would have</caption>
    <thead className="text-left text-xs text-ink-3">
      <tr>
        <th scope="col" className="py-1 font-normal">
          Outcome
        </th>
        <th scope="col" className="py-1 text-right font-normal">
          As it was
        </th>
        <th scope="col" className="py-1 text-right font-normal">
          Under your changes
        </th>
      </tr>
    </thead>
    <tbody>
      {(["respond", "suggest", "escalate", "ignore", "wait"] as const).map((outcome) => (
        <tr key={outcome} className="border-t border-line">
          <th scope="row" className="py-1 text-left font-normal">
            {OUTCOMES[outcome]}
          </th>
          <td className="py-1 text-right">{replay.before[outcome]}</td>
          <td className={replay.before[outcome] === replay.after[outcome] ? "py-1 text-right" : "py-1 text-right font-semibold"}>
            {replay.after[outcome]}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const ChangedConversations = ({ replay }: { readonly replay: PolicyReplay }) => {
  const { slug } = useClub();
  const { changes, changedCount } = replay;
  return (
    <details>
      <summary className="cursor-pointer text-sm font-semibold">
        {changedCount === 1 ? "1 message would be decided otherwise" : `${changedCount} messages would be decided otherwise`}
      </summary>
      <ul className="mt-2 max-h-72 divide-y divide-line overflow-y-auto rounded-card border border-line">
        {changes.map(({ conversationId, contactName, category, at, before, after, reason, isOverruled }) => (
          <li key={`${conversationId} ${at.toISOString()}`} className="flex flex-col gap-0.5 px-3 py-2 text-sm">
            <span className="flex flex-wrap items-center gap-2">
              <Link href={conversationPath(slug, conversationId)} target="_blank" className="font-semibold underline underline-offset-2">
                {contactName}
              </Link>
              <span className="text-xs text-ink-3">{categoryWords(category)}</span>
              <RelativeTime at={at} className="text-xs text-ink-3" />
              {isOverruled ? <Chip tone="warn">Corrected by staff</Chip> : null}
            </span>
            <span className="text-xs text-ink-2">
              {OUTCOMES[before]} → {OUTCOMES[after]}: {reason}
            </span>
          </li>
        ))}
      </ul>
      {changedCount > changes.length ? <p className="mt-1 text-xs text-ink-3">The newest {changes.length} are listed.</p> : null}
    </details>
  );
};

const categoryWords = (category: string): string => {
  const known = Category.safeParse(category);
  return known.success ? CATEGORY_LABELS[known.data] : category;
};
