"use client";

import Link from "next/link";
import { useState } from "react";

import { DecisionBar } from "#components/approvals/decision-bar.tsx";
import { useClub } from "#components/lib/club.tsx";
import { conversationPath } from "#components/lib/paths.ts";
import { WhyLine } from "#components/thread/why-line.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ApprovalCard } from "#server/domain/inbox-view.ts";
import { visible } from "#server/domain/visible.ts";

type ApprovalItemProps = {
  readonly approval: ApprovalCard;
  /** Where it may be approved together with others. */
  readonly tick: { readonly isOn: boolean; readonly onChange: () => void } | null;
};

/** A sentence of what will happen and to whom, the exact words, why, and the decision. */
export const ApprovalItem = ({ approval, tick }: ApprovalItemProps) => {
  const { slug } = useClub();
  const [isEditing, setIsEditing] = useState(false);
  const title = titleOf(approval);
  return (
    <li>
      <article
        aria-label={title}
        tabIndex={-1}
        data-approval={approval.id}
        className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4"
      >
        <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h2 className="flex items-center gap-2.5 text-base font-semibold">
            <Tick title={title} tick={tick} />
            {title}
          </h2>
          <p className="text-xs text-ink-3">
            asked <RelativeTime at={approval.requestedAt} isInSentence />
          </p>
        </header>
        {approval.changes.length === 0 ? null : (
          <ul aria-label="What is different since it was asked before" className="list-disc pl-5 text-sm text-ink-2">
            {approval.changes.map((change) => (
              <li key={change}>{visible(change)}</li>
            ))}
          </ul>
        )}
        {approval.requiredCount > 1 ? <p className="text-sm text-ink-2">{countLine(approval)}</p> : null}
        {approval.body === null || isEditing ? null : (
          <p className="max-w-[72ch] rounded-card border border-dashed border-spotter-solid bg-spotter-tint/60 px-3 py-2 text-base break-words whitespace-pre-wrap">
            {visible(approval.body)}
          </p>
        )}
        <div className="flex items-start justify-between gap-x-4 gap-y-1 max-md:flex-col">
          <div className="w-full min-w-0 flex-1">
            {approval.why === null ? null : <WhyLine why={approval.why} ratedMessageId={null} side="left" />}
          </div>
          {approval.conversationId === null ? null : (
            <Link
              href={conversationPath(slug, approval.conversationId)}
              className="flex min-h-6 shrink-0 items-center text-xs underline underline-offset-2"
            >
              Open the conversation{approval.contactName === null ? null : ` with ${approval.contactName}`}
            </Link>
          )}
        </div>
        <Exact text={approval.exact} />
        <div className="border-t border-line pt-3">
          <DecisionBar
            item={{ ...approval, approvalId: approval.id, isDeed: !approval.isBatchable }}
            isEditing={isEditing}
            onEditingChange={setIsEditing}
          />
        </div>
      </article>
    </li>
  );
};

const Tick = ({ tick, title }: Pick<ApprovalItemProps, "tick"> & { readonly title: string }) =>
  tick === null ? null : (
    <input
      type="checkbox"
      aria-label={`Select: ${title}`}
      className="size-4 shrink-0 accent-solid pointer-coarse:size-6"
      checked={tick.isOn}
      onChange={tick.onChange}
    />
  );

const Exact = ({ text }: { readonly text: string }) => (
  <details>
    <summary className="flex min-h-6 cursor-pointer items-center text-xs text-ink-2">Exactly what will run</summary>
    <pre
      tabIndex={0}
      aria-label="Exactly what will run"
      className="mt-1 max-h-60 overflow-auto rounded-control bg-sunken p-3 text-xs break-words whitespace-pre-wrap"
    >
      {visible(text)}
    </pre>
  </details>
);

/** How many have said yes, and whom it waits for. */
const countLine = ({ deciderCount, givenBy, isGivenByMe, requiredCount }: ApprovalCard): string => {
  const standing = `${givenBy.length} of ${requiredCount}${givenBy.length === 0 ? "" : ` (${givenBy.join(", ")})`}`;
  if (deciderCount < requiredCount) {
    return `${standing}. It needs ${requiredCount} different people, and only ${deciderCount} of this club may decide it: it waits until somebody else may.`;
  }
  return isGivenByMe ? `${standing}, waits for another person.` : `${standing}, needs ${requiredCount} different people.`;
};

/** Where the exact words stand below, the sentence only says what happens with them and to whom. */
const titleOf = ({ body, contactName, summary }: ApprovalCard): string =>
  body === null || contactName === null ? visible(summary) : `Send this answer to ${contactName}`;
