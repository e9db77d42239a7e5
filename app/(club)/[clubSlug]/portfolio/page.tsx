import type { Metadata } from "next";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";

import { periodOf, periodParams } from "#components/dashboard/search-params.ts";
import { PortfolioScreen } from "#components/portfolio/portfolio-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { DEFAULT_PERIOD } from "#server/domain/metrics/period-text.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "All clubs" };

const loadPeriod = createLoader(periodParams);

type PortfolioPageProps = { readonly params: Promise<{ clubSlug: string }>; readonly searchParams: Promise<SearchParams> };

const PortfolioPage = async ({ params, searchParams }: PortfolioPageProps) => {
  await requireClub((await params).clubSlug);
  const asked = periodOf(await loadPeriod(searchParams));
  await prefetch(trpc.reports.portfolio.queryOptions({ period: asked.kind === "version" ? DEFAULT_PERIOD : asked }));
  return (
    <HydrateClient>
      <PortfolioScreen />
    </HydrateClient>
  );
};

export default PortfolioPage;
