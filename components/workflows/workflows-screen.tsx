"use client";

import { useQuery } from "@tanstack/react-query";
import { Workflow } from "lucide-react";
import Link from "next/link";

import { useClub, useMay } from "#components/lib/club.tsx";
import {
  campaignsPath,
  newTaskPath,
  pastDuePath,
  reportPeoplePath,
  sendingPath,
  sequencesPath,
  workflowTextsPath,
} from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { RolloutCard } from "#components/workflows/rollout-card.tsx";
import { RunList } from "#components/workflows/run-list.tsx";
import { WeekCalendar } from "#components/workflows/week-calendar.tsx";
import { WorkflowList } from "#components/workflows/workflow-list.tsx";
import { buttonStyles } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** The club's recurring work: what runs, when, and what came of it. */
export const WorkflowsScreen = () => {
  const { id: clubId } = useClub();
  const mayRun = useMay("workflow.run");
  const workflows = useQuery(useTRPC().workflows.list.queryOptions({ clubId }));
  return (
    <Page
      title="Workflows"
      about="Recurring work that runs itself. Each one begins as a dry run, shows you whom it would reach, and asks before its first live run."
      aside={<Links />}
    >
      {workflows.isPending ? <SkeletonRows count={6} label="Loading workflows" /> : null}
      {workflows.isError && workflows.data === undefined ? (
        <ErrorState error={workflows.error} onRetry={() => void workflows.refetch()} />
      ) : null}
      {workflows.data?.length === 0 ? (
        <EmptyState icon={<Workflow />} title="No workflows yet">
          The club’s recurring work appears here once it is set up.
        </EmptyState>
      ) : null}
      {workflows.data === undefined || workflows.data.length === 0 ? null : (
        <div className="flex flex-col gap-8">
          <div className="flex flex-col gap-4">
            <RolloutCard workflows={workflows.data} />
            {mayRun ? null : (
              <p className="rounded-card bg-sunken px-4 py-3 text-sm text-ink-2">
                You can read this; a manager runs workflows, an owner sets them up.
              </p>
            )}
            <WorkflowList workflows={workflows.data} />
          </div>
          <WeekCalendar workflows={workflows.data} />
          <section aria-labelledby="runs-title">
            <h2 id="runs-title" className="mb-3 text-lg font-semibold">
              What ran
            </h2>
            <RunList workflows={workflows.data} />
          </section>
        </div>
      )}
    </Page>
  );
};

const Links = () => {
  const { slug } = useClub();
  const mayManage = useMay("workflow.manage");
  const mayRun = useMay("workflow.run");
  return (
    <div className="flex flex-wrap gap-2">
      <Link href={campaignsPath(slug)} className={buttonStyles()}>
        Campaigns
      </Link>
      <Link href={sequencesPath(slug)} className={buttonStyles()}>
        Follow-ups
      </Link>
      <Link href={pastDuePath(slug)} className={buttonStyles()}>
        Past due
      </Link>
      <Link href={workflowTextsPath(slug)} className={buttonStyles()}>
        Texts
      </Link>
      <Link href={reportPeoplePath(slug)} className={buttonStyles()}>
        Reports
      </Link>
      {mayManage ? (
        <Link href={newTaskPath(slug)} className={buttonStyles()}>
          New task
        </Link>
      ) : null}
      {mayRun ? (
        <Link href={sendingPath(slug)} className={buttonStyles()}>
          Sending rules
        </Link>
      ) : null}
    </div>
  );
};
