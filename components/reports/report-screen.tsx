"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";

import { useClub, useMay } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { ReportForm } from "#components/reports/report-form.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** Whom the reports of the workflows reach, and by which way. */
export const ReportScreen = () => {
  const { id: clubId, slug } = useClub();
  const mayManage = useMay("workflow.manage");
  const settings = useQuery(useTRPC().alerts.reportSettings.queryOptions({ clubId }));
  return (
    <Page
      title="Reports to people"
      about="What the workflows have to tell whoever runs the club: the cases of the escalation, referrals, invoices, and what could not be done."
      aside={
        <Link href={clubPath(slug, "workflows")} className="text-sm underline underline-offset-2">
          All workflows
        </Link>
      }
    >
      {settings.isPending ? <SkeletonRows count={5} label="Loading the reports" /> : null}
      {settings.isError && settings.data === undefined ? (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      ) : null}
      {settings.data === undefined ? null : (
        <>
          {mayManage ? null : (
            <p className="mb-6 rounded-card bg-sunken px-4 py-3 text-sm text-ink-2">You can read these settings; an owner changes them.</p>
          )}
          <ReportForm key={settings.data.version} view={settings.data} isDisabled={!mayManage} />
        </>
      )}
    </Page>
  );
};
