"use client";

import { useQuery } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { ClubDifferenceList } from "#components/policy/club-difference-list.tsx";
import { PolicyEditor } from "#components/policy/policy-editor.tsx";
import type { PolicySettings } from "#components/policy/policy-types.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** What the franchise sets for all its clubs, what it holds, and where clubs go their own way. */
export const FranchiseTab = ({ settings }: { readonly settings: PolicySettings }) => {
  const { franchiseName } = useClub();
  return (
    <div className="flex flex-col gap-6">
      <Drift />
      <p className="max-w-[72ch] text-sm text-ink-2">
        What you set here holds in every club of {franchiseName} that does not set it for itself. What you lock, no club can change.
      </p>
      <PolicyEditor settings={settings} layer="franchise" />
    </div>
  );
};

const Drift = () => {
  const { id: clubId } = useClub();
  const drift = useQuery(useTRPC().policies.drift.queryOptions({ clubId }));
  return (
    <section aria-labelledby="drift-title">
      <h2 id="drift-title" className="text-lg font-semibold">
        Where clubs differ
      </h2>
      <div className="mt-3 rounded-card border border-line bg-surface px-4">
        {drift.isPending ? <SkeletonRows count={2} label="Comparing the clubs" /> : null}
        {drift.isError && drift.data === undefined ? <ErrorState error={drift.error} onRetry={() => void drift.refetch()} /> : null}
        {drift.data === undefined ? null : <ClubDifferenceList clubs={drift.data} nothing="As the franchise has it" />}
      </div>
    </section>
  );
};
