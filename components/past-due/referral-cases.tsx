"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import Link from "next/link";

import { useClub, useMay } from "#components/lib/club.tsx";
import { capitalize } from "#components/lib/format.ts";
import { pastDuePath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { exportReferrals } from "#components/past-due/export-referrals.ts";
import { CASE_LABELS, type CaseRow } from "#components/past-due/debt-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { Id } from "#server/domain/ids.ts";
import { formatMoney } from "#server/domain/money.ts";

/** The cases a run has put before people: each with its two votes, and the files for an agency. */
export const ReferralCases = ({ runId }: { readonly runId: Id<"workflowRun"> }) => {
  const { id: clubId } = useClub();
  const list = useQuery(useTRPC().pastDue.cases.queryOptions({ clubId, runId }));
  return (
    <section aria-labelledby="cases-title">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <h2 id="cases-title" className="text-lg font-semibold">
          Cases
        </h2>
        <ExportButtons count={list.data?.exportableCount ?? 0} />
      </div>
      <Panel label="Cases">
        {list.isPending ? <SkeletonRows count={3} label="Loading cases" /> : null}
        {list.isError && list.data === undefined ? <ErrorState error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.data?.cases.length === 0 ? <p className="px-4 py-5 text-sm text-ink-3">This run has put no case before anybody.</p> : null}
        <ul>
          {list.data?.cases.map((one) => (
            <Case key={one.id} one={one} />
          ))}
        </ul>
      </Panel>
    </section>
  );
};

const ExportButtons = ({ count }: { readonly count: number }) => {
  const { slug } = useClub();
  const mayExport = useMay("referral.export");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: (format: "csv" | "pdf") => exportReferrals({ slug, format }),
    onSuccess: (result) =>
      notify(
        result.kind === "saved"
          ? { tone: "good", title: `Saved ${result.name}` }
          : { tone: "bad", title: capitalize(result.message), detail: "Nothing was exported." },
      ),
    onError: () =>
      notify({ tone: "bad", title: "The server could not be reached", detail: "Nothing was exported. Try again in a moment." }),
    onSettled: () => queryClient.invalidateQueries(trpc.pastDue.pathFilter()),
  });
  if (!mayExport) {
    return null;
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="text-xs text-ink-3 tabular-nums">
        {count === 0 ? "Nothing to export: no case has two yeses." : `All ${count} cases that two people let go, of every run:`}
      </p>
      {(["csv", "pdf"] as const).map((format) => (
        <Button key={format} size="sm" disabled={count === 0} isBusy={save.isPending} onClick={() => save.mutate(format)}>
          <Download aria-hidden="true" />
          Export {format.toUpperCase()}
        </Button>
      ))}
    </div>
  );
};

const Case = ({ one }: { readonly one: CaseRow }) => {
  const { slug } = useClub();
  const { label, tone } = CASE_LABELS[one.status];
  return (
    <li className="flex flex-wrap gap-x-6 gap-y-2 border-b border-line px-4 py-3 text-sm last:border-b-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link href={pastDuePath(slug, one.contactId)} className="font-semibold underline-offset-2 hover:underline">
            {one.name}
          </Link>
          <Chip tone={tone}>{label}</Chip>
        </p>
        <p className="text-ink-2 tabular-nums">
          {formatMoney(one.amountMinor, one.currency)}, {one.daysPastDue} days past due, {one.attempts} attempts.{" "}
          <span className="text-xs text-ink-3">{one.contactCount} contacts in the dossier.</span>
        </p>
        {one.waitsFor === null ? null : <p className="text-xs text-warn-ink">{one.waitsFor}</p>}
        {one.exportedAt === null ? null : (
          <p className="text-xs text-ink-3">
            Exported <RelativeTime at={one.exportedAt} isInSentence />
          </p>
        )}
      </div>
      <ul aria-label={`Votes on ${one.name}`} className="flex basis-64 flex-col gap-1 text-xs text-ink-2">
        {one.votes.map(({ at, name }) => (
          <li key={name}>
            <span className="font-semibold text-good-ink">Yes</span>, {name}, <RelativeTime at={at} isInSentence />
          </li>
        ))}
        {one.refusedBy === null ? null : (
          <li>
            <span className="font-semibold text-bad-ink">No</span>, {one.refusedBy}
          </li>
        )}
        {one.votes.length === 0 && one.refusedBy === null ? <li className="text-ink-3">Nobody has voted</li> : null}
      </ul>
    </li>
  );
};
