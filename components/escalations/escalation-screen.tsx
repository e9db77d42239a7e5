"use client";

import { useQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";

import { RulesEditor } from "#components/escalations/rules-editor.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { formatAddress } from "#components/lib/format.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { SettingsPage } from "#components/settings/settings-page.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** Who is told of a conversation that nobody takes, and who is next. */
export const EscalationScreen = () => {
  const { id: clubId, name } = useClub();
  const mayManage = useMay("escalation.manage");
  const rules = useQuery(useTRPC().escalations.rules.queryOptions({ clubId }, { enabled: mayManage }));
  return (
    <SettingsPage
      title="Escalation"
      about={`Who in ${name} is told when a conversation waits for a person and nobody takes it. Telling goes on until somebody has it.`}
    >
      {mayManage ? null : (
        <EmptyState icon={<Lock />} title="Only for managers and owners">
          They decide who is told of what nobody takes.
        </EmptyState>
      )}
      {mayManage && rules.isPending ? <SkeletonRows count={6} label="Loading the rules" /> : null}
      {rules.isError && rules.data === undefined ? <ErrorState error={rules.error} onRetry={() => void rules.refetch()} /> : null}
      {rules.data === undefined ? null : (
        <>
          <p className="mb-6 max-w-[72ch] rounded-card bg-sunken px-4 py-3 text-sm text-pretty text-ink-2">
            An emergency has a rule of its own that nobody can switch off:{" "}
            {rules.data.onCallPhone === null
              ? "the on-call phone is texted, but this club has none yet."
              : `${formatAddress(rules.data.onCallPhone)} is texted every three minutes until somebody has it.`}{" "}
            The list in Spotter tells everybody at once; the steps below come when nobody takes it.
          </p>
          <RulesEditor key={rules.data.version} view={rules.data} />
        </>
      )}
    </SettingsPage>
  );
};
