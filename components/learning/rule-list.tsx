"use client";

import { DecisionButtons } from "#components/learning/decision-buttons.tsx";
import type { StyleRule } from "#components/learning/learning-types.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type RuleListProps = { readonly rules: readonly StyleRule[]; readonly state: "proposed" | "accepted" | "withdrawn" };

/** Rules of style with how many cases each rests on. */
export const RuleList = ({ rules, state }: RuleListProps) => (
  <ul className="divide-y divide-line">
    {rules.map((rule) => (
      <RuleLine key={rule.id} rule={rule} state={state} />
    ))}
  </ul>
);

const RuleLine = ({ rule, state }: { readonly rule: StyleRule; readonly state: RuleListProps["state"] }) => {
  const { id: clubId } = useClub();
  const { learning } = useTRPCClient();
  const input = { clubId, ruleId: rule.id };
  const acceptLabel = state === "withdrawn" ? "Use again" : "Accept";
  const accept = {
    label: acceptLabel,
    name: `${acceptLabel}: ${rule.text}`,
    change: () => learning.acceptRule.mutate(input),
    done: "Spotter follows this rule from now on",
  };
  const reject = {
    label: "Reject",
    name: `Reject the rule: ${rule.text}`,
    change: () => learning.rejectRule.mutate(input),
    done: "Rejected. It is not proposed again",
  };
  const withdraw = {
    label: "Withdraw",
    name: `Withdraw the rule: ${rule.text}`,
    change: () => learning.withdrawRule.mutate(input),
    done: "Withdrawn. Spotter no longer follows it",
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-base break-words">{rule.text}</p>
        <p className="text-xs text-ink-3">
          From {rule.evidenceCount} edits and ratings · <RelativeTime at={rule.decidedAt ?? rule.createdAt} isInSentence />
        </p>
      </div>
      {state === "accepted" ? (
        <DecisionButtons no={withdraw} />
      ) : (
        <DecisionButtons yes={accept} {...(state === "proposed" ? { no: reject } : {})} />
      )}
    </li>
  );
};
