"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { ChangeList } from "#components/policy/change-list.tsx";
import { useDraft } from "#components/policy/draft-context.tsx";
import { FailureText } from "#components/policy/failure-text.tsx";
import { PushPreview } from "#components/policy/push-preview.tsx";
import { ReplayPanel } from "#components/policy/replay-panel.tsx";
import { usePolicyChange } from "#components/policy/use-policy-change.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import type { PolicyDifference } from "#server/domain/policy-diff.ts";
import type { PolicyDocument } from "#server/domain/policy.ts";

const NOTE_MAX_CHARACTERS = 300;

type ReviewDialogProps = {
  readonly changes: readonly PolicyDifference[];
  readonly document: PolicyDocument;
  readonly lockedPaths: readonly string[];
  readonly onClose: () => void;
  readonly onPublished: () => void;
};

/** The last look before the rules change: every setting, what it would have meant, and why. */
export const ReviewDialog = ({ changes, document, lockedPaths, onClose, onPublished }: ReviewDialogProps) => {
  const { base } = useDraft();
  const { name, franchiseName } = useClub();
  const place = base.layer === "club" ? name : `every club of ${franchiseName}`;
  return (
    <Dialog
      isOpen
      isWide
      onOpenChange={onClose}
      title={changes.length === 1 ? "1 change" : `${changes.length} changes`}
      description={`The next message in ${place} is decided under the new version. Earlier ones stay, and you can go back to any.`}
    >
      <div className="max-h-48 shrink-0 overflow-y-auto">
        <ChangeList differences={changes} nothing="Nothing changes." />
      </div>
      {base.layer === "club" ? (
        <Replay document={document} changes={changes} />
      ) : (
        <PushPreview document={document} lockedPaths={lockedPaths} />
      )}
      <PublishForm document={document} lockedPaths={lockedPaths} onClose={onClose} onPublished={onPublished} />
    </Dialog>
  );
};

const PublishForm = ({ document, lockedPaths, onClose, onPublished }: Omit<ReviewDialogProps, "changes">) => {
  const { base } = useDraft();
  const { id: clubId } = useClub();
  const trpcClient = useTRPCClient();
  const [note, setNote] = useState("");
  const { layer, version: baseVersion } = base;
  const publishing = usePolicyChange({
    change: () =>
      trpcClient.policies.publish.mutate({
        clubId,
        layer,
        baseVersion,
        document,
        lockedPaths: layer === "franchise" ? [...lockedPaths] : [],
        note,
      }),
    done: ({ version }) => `Version ${version} is in force`,
  });
  return (
    <>
      <Field label="Note" hint="Why, for whoever reads the versions later. You may leave it empty.">
        {(control) => (
          <Input
            {...control}
            value={note}
            maxLength={NOTE_MAX_CHARACTERS}
            onChange={({ target }) => setNote(target.value)}
            autoComplete="off"
          />
        )}
      </Field>
      {publishing.isError ? <FailureText error={publishing.error} /> : null}
      <div className="flex justify-between gap-3">
        <Button size="lg" onClick={onClose}>
          Back
        </Button>
        <Button
          kind="primary"
          size="lg"
          isBusy={publishing.isPending}
          onClick={() => publishing.mutate(undefined, { onSuccess: onPublished })}
        >
          Publish
        </Button>
      </div>
    </>
  );
};

const SPANS = [
  { value: "7", label: "7 days" },
  { value: "14", label: "14 days" },
  { value: "30", label: "30 days" },
] as const;

type ReplayProps = { readonly document: PolicyDocument; readonly changes: readonly PolicyDifference[] };

const Replay = ({ document, changes }: ReplayProps) => {
  const { id: clubId } = useClub();
  const trpcClient = useTRPCClient();
  const [days, setDays] = useState<(typeof SPANS)[number]["value"]>("7");
  // Asked once per document and span: the messages of the last days hardly change while somebody reads.
  const replay = useQuery({
    queryKey: ["policy-replay", clubId, document, days],
    queryFn: () => trpcClient.policies.replay.mutate({ clubId, document, days: Number(days) }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  return (
    <section
      aria-label="Replay"
      aria-busy={replay.isFetching}
      className="flex flex-col gap-3 rounded-card border border-line bg-canvas p-4"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-sm font-semibold">What would have happened</h3>
        <SegmentedControl label="Look back" options={SPANS} value={days} onChange={setDays} />
      </div>
      {replay.isPending ? <p className="text-sm text-ink-3">Deciding again…</p> : null}
      {replay.isError ? <FailureText error={replay.error} /> : null}
      {replay.data === undefined ? null : <ReplayPanel replay={replay.data} changes={changes} />}
    </section>
  );
};
