"use client";

import { useQuery } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { ClubDifferenceList } from "#components/policy/club-difference-list.tsx";
import { FailureText } from "#components/policy/failure-text.tsx";
import type { PolicyDocument } from "#server/domain/policy.ts";

type PushPreviewProps = { readonly document: PolicyDocument; readonly lockedPaths: readonly string[] };

/** What would become of each club if the franchise published this. */
export const PushPreview = ({ document, lockedPaths }: PushPreviewProps) => {
  const { id: clubId } = useClub();
  const trpcClient = useTRPCClient();
  const preview = useQuery({
    queryKey: ["policy-push", clubId, document, lockedPaths],
    queryFn: () => trpcClient.policies.previewPush.mutate({ clubId, document, lockedPaths: [...lockedPaths] }),
  });
  return (
    <section
      aria-label="Club by club"
      aria-busy={preview.isFetching}
      className="flex flex-col gap-3 rounded-card border border-line bg-canvas p-4"
    >
      <h3 className="text-sm font-semibold">What changes in each club</h3>
      {preview.isPending ? <p className="text-sm text-ink-3">Comparing…</p> : null}
      {preview.isError ? <FailureText error={preview.error} /> : null}
      {preview.data === undefined ? null : <ClubDifferenceList clubs={preview.data} nothing="Nothing changes here" />}
    </section>
  );
};
