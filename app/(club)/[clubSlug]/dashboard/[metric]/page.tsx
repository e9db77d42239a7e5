import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";

import { BehindScreen } from "#components/dashboard/behind-screen.tsx";
import { periodOf, periodParams } from "#components/dashboard/search-params.ts";
import { requireClub } from "#server/auth/session.ts";
import { METRIC_KEYS, METRICS } from "#server/domain/metrics/definitions.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

const loadPeriod = createLoader(periodParams);

type BehindPageProps = {
  readonly params: Promise<{ clubSlug: string; metric: string }>;
  readonly searchParams: Promise<SearchParams>;
};

const metricOf = async (params: BehindPageProps["params"]) => {
  const { metric } = await params;
  return METRIC_KEYS.find((key) => key === metric && METRICS[key].hasList) ?? notFound();
};

export const generateMetadata = async ({ params }: BehindPageProps): Promise<Metadata> => ({
  title: METRICS[await metricOf(params)].label,
});

const BehindPage = async ({ params, searchParams }: BehindPageProps) => {
  const club = await requireClub((await params).clubSlug);
  const metric = await metricOf(params);
  const period = periodOf(await loadPeriod(searchParams));
  if (isAtLeast(club.role, "manager")) {
    await prefetch(
      trpc.reports.behind.infiniteQueryOptions({ clubId: club.id, period, metric }, { getNextPageParam: (page) => page.nextCursor }),
    );
  }
  return (
    <HydrateClient>
      <BehindScreen metric={metric} />
    </HydrateClient>
  );
};

export default BehindPage;
