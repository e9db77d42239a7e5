"use client";

import { Lock, PartyPopper } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";

import { ConnectStep } from "#components/first-run/connect-step.tsx";
import { QuestionStep } from "#components/first-run/question-step.tsx";
import { firstRunParams } from "#components/first-run/search-params.ts";
import { StepList } from "#components/first-run/step-list.tsx";
import { TryStep } from "#components/first-run/try-step.tsx";
import { useFirstRun } from "#components/first-run/use-first-run.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** A new club's first quarter of an hour. Each step can be left and found again; what is done stays. */
export const FirstRunScreen = () => {
  const { name, slug } = useClub();
  const mayManage = useMay("club.manage");
  const [{ step }] = useQueryStates(firstRunParams);
  const run = useFirstRun();
  return (
    <Page
      title={`Set up ${name}`}
      about="About ten minutes. Leave whenever you like: what is done stays, and Spotter sends nothing meanwhile."
    >
      {mayManage ? null : (
        <EmptyState icon={<Lock />} title="Only an owner sets a club up">
          Ask an owner of the franchise.
        </EmptyState>
      )}
      {mayManage && run.isPending ? (
        <Panel label="Steps">
          <SkeletonRows count={5} label="Loading the steps" />
        </Panel>
      ) : null}
      {mayManage && run.isError && run.data === undefined ? <ErrorState error={run.error} onRetry={() => void run.refetch()} /> : null}
      {mayManage && run.data === null ? (
        <EmptyState icon={<PartyPopper />} title={`${name} is set up`}>
          Everything can be changed later in its own place.{" "}
          <Link href={clubPath(slug, "inbox")} className="font-semibold text-ink underline underline-offset-2">
            Open the inbox
          </Link>
        </EmptyState>
      ) : null}
      {mayManage && run.data != null ? (
        <>
          {step === "list" ? <StepList run={run.data} /> : null}
          {step === "connect" ? <ConnectStep run={run.data} /> : null}
          {step === "questions" ? <QuestionStep run={run.data} /> : null}
          {step === "try" ? <TryStep run={run.data} /> : null}
        </>
      ) : null}
    </Page>
  );
};
