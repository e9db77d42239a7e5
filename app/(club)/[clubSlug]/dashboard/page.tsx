import type { Metadata } from "next";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";

import { DashboardScreen } from "#components/dashboard/dashboard-screen.tsx";
import { periodOf, periodParams } from "#components/dashboard/search-params.ts";
import { requireClub } from "#server/auth/session.ts";
import { GROUP_NAMES } from "#server/domain/metrics/definitions.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Dashboard" };

const loadPeriod = createLoader(periodParams);

type DashboardPageProps = { readonly params: Promise<{ clubSlug: string }>; readonly searchParams: Promise<SearchParams> };

const DashboardPage = async ({ params, searchParams }: DashboardPageProps) => {
  const club = await requireClub((await params).clubSlug);
  const period = periodOf(await loadPeriod(searchParams));
  if (isAtLeast(club.role, "manager")) {
    await Promise.all([
      prefetch(trpc.connections.health.queryOptions({ clubId: club.id })),
      ...GROUP_NAMES.map((group) => prefetch(trpc.reports.get.queryOptions({ clubId: club.id, period, group }))),
    ]);
  }
  return (
    <HydrateClient>
      <DashboardScreen />
    </HydrateClient>
  );
};

export default DashboardPage;
