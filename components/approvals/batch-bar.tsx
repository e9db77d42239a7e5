"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { conversationQueries, refresh } from "#components/lib/news-queries.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { notify } from "#components/ui/toast.tsx";
import { BATCH_MAX_COUNT } from "#server/domain/approval-batch.ts";
import type { ApprovalCard } from "#server/domain/inbox-view.ts";
import { visible } from "#server/domain/visible.ts";

type BatchBarProps = {
  readonly drafts: readonly ApprovalCard[];
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ids: readonly string[]) => void;
};

/** Several drafts with one press: only answers, each as it stands, shown once more before they go. */
export const BatchBar = ({ drafts, onTick, ticked }: BatchBarProps) => {
  const [isAsking, setIsAsking] = useState(false);
  const chosen = drafts.filter(({ id }) => ticked.has(id)).slice(0, BATCH_MAX_COUNT);
  const isAll = chosen.length === Math.min(drafts.length, BATCH_MAX_COUNT);
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3 rounded-card border border-line bg-surface px-4 py-2">
      <label className="mr-auto flex min-h-8 items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-solid pointer-coarse:size-6"
          checked={isAll}
          onChange={() => onTick(isAll ? [] : drafts.slice(0, BATCH_MAX_COUNT).map(({ id }) => id))}
        />
        {chosen.length === 0
          ? `Select the ${Math.min(drafts.length, BATCH_MAX_COUNT)} drafts`
          : `${chosen.length} of ${drafts.length} drafts selected`}
      </label>
      <Button disabled={chosen.length === 0} onClick={() => setIsAsking(true)}>
        <Send aria-hidden="true" />
        Approve the selected
      </Button>
      {isAsking ? <BatchDialog chosen={chosen} onClose={() => setIsAsking(false)} onDone={() => onTick([])} /> : null}
    </div>
  );
};

type BatchDialogProps = { readonly chosen: readonly ApprovalCard[]; readonly onClose: () => void; readonly onDone: () => void };

const BatchDialog = ({ chosen, onClose, onDone }: BatchDialogProps) => {
  const approve = useApproveDrafts();
  return (
    <Dialog
      isOpen
      isWide
      onOpenChange={onClose}
      title={chosen.length === 1 ? "Send this answer?" : `Send these ${chosen.length} answers?`}
      description="Each goes out exactly as it stands here. What was decided or has changed meanwhile is left."
    >
      <ul aria-label="Answers that go out" className="flex max-h-96 flex-col gap-3 overflow-y-auto">
        {chosen.map(({ body, contactName, id }) => (
          <li key={id} className="text-sm">
            <p className="text-xs text-ink-3">To {contactName ?? "an unknown contact"}</p>
            <p className="break-words whitespace-pre-wrap">{visible(body ?? "")}</p>
          </li>
        ))}
      </ul>
      <div className="flex justify-between gap-3">
        <Button size="lg" onClick={onClose}>
          Cancel
        </Button>
        <Button
          size="lg"
          kind="primary"
          isBusy={approve.isPending}
          onClick={() =>
            approve.mutate(
              chosen.map(({ id }) => id),
              {
                onSuccess: () => {
                  onDone();
                  onClose();
                },
              },
            )
          }
        >
          {chosen.length === 1 ? "Send it" : `Send ${chosen.length} answers`}
        </Button>
      </div>
    </Dialog>
  );
};

const useApproveDrafts = () => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (approvalIds: ApprovalCard["id"][]) => client.approvals.approveDrafts.mutate({ clubId, approvalIds }),
    onSuccess: (verdicts) => {
      const left = verdicts.filter(({ kind }) => kind === "left");
      const sentCount = verdicts.length - left.length;
      notify({
        tone: left.length === 0 ? "good" : "bad",
        title: `${sentCount} of ${verdicts.length} approved`,
        ...(left.length === 0
          ? {}
          : { detail: `The others were left: ${[...new Set(left.map(({ reason }) => reason ?? ""))].join("; ")}.` }),
      });
    },
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
    onSettled: () => refresh(queryClient, [trpc.approvals.pathFilter(), ...conversationQueries(trpc, null)]),
  });
};
