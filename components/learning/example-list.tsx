"use client";

import { DecisionButtons } from "#components/learning/decision-buttons.tsx";
import type { Example } from "#components/learning/learning-types.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { CATEGORY_LABELS } from "#server/domain/categories.ts";

type ExampleListProps = { readonly examples: readonly Example[]; readonly state: "proposed" | "accepted" | "withdrawn" };

/** How people of the club answered, each with the question it answered. */
export const ExampleList = ({ examples, state }: ExampleListProps) => (
  <ul className="divide-y divide-line">
    {examples.map((example) => (
      <ExampleLine key={example.id} example={example} state={state} />
    ))}
  </ul>
);

const ExampleLine = ({ example, state }: { readonly example: Example; readonly state: ExampleListProps["state"] }) => {
  const { id: clubId } = useClub();
  const { learning } = useTRPCClient();
  const input = { clubId, exampleId: example.id };
  const acceptLabel = state === "withdrawn" ? "Use again" : "Accept";
  const accept = {
    label: acceptLabel,
    name: `${acceptLabel}: the answer to ${example.question}`,
    change: () => learning.acceptExample.mutate(input),
    done: "Spotter is shown this example from now on",
  };
  const reject = {
    label: "Reject",
    name: `Reject the answer to: ${example.question}`,
    change: () => learning.rejectExample.mutate(input),
    done: "Rejected",
  };
  const withdraw = {
    label: "Withdraw",
    name: `Withdraw the answer to: ${example.question}`,
    change: () => learning.withdrawExample.mutate(input),
    done: "Withdrawn. Spotter is no longer shown it",
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-sm break-words text-ink-2">“{example.question}”</p>
        <p className="text-base break-words">{example.answer}</p>
        <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-ink-3">
          <Chip>{CATEGORY_LABELS[example.category]}</Chip>
          <RelativeTime at={example.decidedAt ?? example.createdAt} isInSentence />
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
