"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Check, Eye, Hand, X } from "lucide-react";
import Link from "next/link";

import { DecisionBar } from "#components/approvals/decision-bar.tsx";
import { approvalWords } from "#components/ask/ask-words.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { refresh } from "#components/lib/news-queries.ts";
import { clubPath } from "#components/lib/paths.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { AskApproval, AskCallView } from "#server/domain/ask-view.ts";
import { visible } from "#server/domain/visible.ts";

/** One thing that was looked up or prepared: its sentence, what it brought, and what waits for a yes. */
export const AskCall = ({ call }: { readonly call: AskCallView }) => {
  const waits = call.ownDecision !== null || call.approvals.length > 0;
  return (
    <li className="flex flex-col gap-2 px-3 py-2.5">
      <p className="flex items-start gap-2 text-sm">
        {waits ? (
          <Hand aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        ) : (
          <Eye aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        )}
        <span className="min-w-0 flex-1 break-words">{visible(call.sentence)}</span>
        <CallState call={call} />
      </p>
      {call.error === null ? null : <p className="text-sm text-bad-ink">{visible(call.error)}</p>}
      {call.facts.length === 0 || waits ? null : <p className="text-xs break-words text-ink-2">{visible(call.facts.join(" · "))}</p>}
      {call.rows.length === 0 ? null : <Rows call={call} />}
      {call.ownDecision === "waiting" ? <OwnDecision callId={call.id} sentence={call.sentence} /> : null}
      {call.approvals.map((approval) => (
        <Waiting key={approval.approvalId} approval={approval} />
      ))}
    </li>
  );
};

const CallState = ({ call }: { readonly call: AskCallView }) => {
  if (call.outcome === "requested") {
    return <Chip>Running</Chip>;
  }
  if (call.outcome !== "done") {
    return <Chip tone="bad">{call.outcome === "refused" ? "Refused" : "Failed"}</Chip>;
  }
  if (call.ownDecision !== null) {
    return call.ownDecision === "waiting" ? (
      <Chip tone="warn">Waits for your yes</Chip>
    ) : (
      <Chip tone={call.ownDecision === "approved" ? "good" : "neutral"}>{call.ownDecision === "approved" ? "Done" : "Dismissed"}</Chip>
    );
  }
  return call.count === null ? null : <Chip>{call.count} found</Chip>;
};

/** A sample, with names that stand nowhere in what the model sees. */
const Rows = ({ call }: { readonly call: AskCallView }) => (
  <ul aria-label="Some of them" className="divide-y divide-line rounded-control border border-line">
    {call.rows.map(({ facts, key, name }) => (
      <li key={key} className="flex flex-wrap justify-between gap-x-4 px-2.5 py-1.5 text-sm">
        <span className="font-medium">{visible(name)}</span>
        <span className="text-xs break-words text-ink-2">{visible(facts.join(" · "))}</span>
      </li>
    ))}
  </ul>
);

const Waiting = ({ approval }: { readonly approval: AskApproval }) => {
  const { slug } = useClub();
  return (
    <section aria-label={visible(approval.summary)} className="flex flex-col gap-2 rounded-control border border-line bg-canvas p-2.5">
      <p className="flex flex-wrap items-start justify-between gap-2 text-sm">
        <span className="min-w-0 flex-1 break-words">{visible(approval.summary)}</span>
        <Chip tone={approval.status === "pending" ? "warn" : "neutral"}>{approvalWords(approval.status, approval.effectStatus)}</Chip>
      </p>
      {approval.status === "pending" ? (
        <>
          <DecisionBar item={{ ...approval, body: null }} isEditing={false} onEditingChange={stay} />
          <Link href={clubPath(slug, "approvals")} className="flex min-h-6 items-center self-start text-xs underline underline-offset-2">
            All that waits
          </Link>
        </>
      ) : null}
    </section>
  );
};

/** What is prepared here is decided as it stands: there is nothing to edit. */
const stay = (): void => undefined;

/** The asker's own press, on the exact sentence above it. */
const OwnDecision = ({ callId, sentence }: { readonly callId: AskCallView["id"]; readonly sentence: string }) => {
  const { id: clubId } = useClub();
  const may = useMay("access.decide");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const decide = useMutation({
    mutationFn: (decision: "approved" | "rejected") => client.ask.decide.mutate({ clubId, callId, decision }),
    onSettled: () => refresh(queryClient, [trpc.ask.pathFilter()]),
    onError: (error: Error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
  return (
    <fieldset
      disabled={decide.isPending || !may}
      aria-label={visible(sentence)}
      className="flex flex-wrap items-center justify-between gap-2"
    >
      <Button kind="quiet" className="-ml-2" onClick={() => decide.mutate("rejected")}>
        <X aria-hidden="true" />
        Dismiss
      </Button>
      <Button kind="primary" isBusy={decide.isPending} onClick={() => decide.mutate("approved")}>
        <Check aria-hidden="true" />
        Do it
      </Button>
    </fieldset>
  );
};
