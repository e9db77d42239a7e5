import type { Metadata } from "next";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";

import { periodOf, periodParams } from "#components/dashboard/search-params.ts";
import { UsageScreen } from "#components/usage/usage-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Usage and budget" };

const loadPeriod = createLoader(periodParams);

type UsagePageProps = { readonly params: Promise<{ clubSlug: string }>; readonly searchParams: Promise<SearchParams> };

const UsagePage = async ({ params, searchParams }: UsagePageProps) => {
  const club = await requireClub((await params).clubSlug);
  if (isAtLeast(club.role, "manager")) {
    await prefetch(trpc.reports.usage.queryOptions({ clubId: club.id, period: periodOf(await loadPeriod(searchParams)) }));
  }
  return (
    <HydrateClient>
      <UsageScreen />
    </HydrateClient>
  );
};

export default UsagePage;
