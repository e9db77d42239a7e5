"use client";

import Link from "next/link";

import { useClub } from "#components/lib/club.tsx";
import { agentRunPath } from "#components/lib/paths.ts";
import type { Why } from "#server/domain/inbox-view.ts";

/** To the page of the run that decided, step by step. */
export const RunLink = ({ runId }: { readonly runId: Why["runId"] }) => {
  const { slug } = useClub();
  return runId === undefined ? null : (
    <Link
      href={agentRunPath(slug, runId)}
      prefetch={false}
      className="flex min-h-6 items-center self-start text-xs underline underline-offset-2"
    >
      Open the run
    </Link>
  );
};
