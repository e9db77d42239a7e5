"use client";

import { useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

import { useClub } from "#components/lib/club.tsx";
import { capitalize } from "#components/lib/format.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import type { WorkflowDetails, WorkflowReview } from "#components/workflows/workflow-types.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Id } from "#server/domain/ids.ts";

/** One workflow and how far its review is. */
export type Loaded = { readonly workflow: WorkflowDetails; readonly review: WorkflowReview };

type LoadedWorkflowProps = {
  readonly workflowId: Id<"workflow">;
  /** What it is called among people, such as "campaign". */
  readonly noun: string;
  readonly aboutOf: (workflow: WorkflowDetails | undefined) => string;
  readonly all: { readonly label: string; readonly href: Route };
  readonly children: (loaded: Loaded) => ReactNode;
};

/** The page of one workflow: reads it, says what is wrong, and shows its children once all is there. */
export const LoadedWorkflow = ({ aboutOf, all, children, noun, workflowId }: LoadedWorkflowProps) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const workflow = useQuery(trpc.workflows.get.queryOptions({ clubId, workflowId }));
  const review = useQuery(trpc.workflows.reviewFacts.queryOptions({ clubId, workflowId }));
  const failed = [workflow, review].find(({ data, isError }) => isError && data === undefined);
  const isLoaded = workflow.data !== undefined && review.data !== undefined;
  return (
    <Page
      title={workflow.data?.name ?? capitalize(noun)}
      about={aboutOf(workflow.data)}
      aside={
        <Link href={all.href} className="text-sm underline underline-offset-2">
          {all.label}
        </Link>
      }
    >
      {failed === undefined ? null : <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />}
      {failed === undefined && !isLoaded ? <SkeletonRows count={6} label={`Loading the ${noun}`} /> : null}
      {isLoaded ? children({ workflow: workflow.data, review: review.data }) : null}
    </Page>
  );
};
