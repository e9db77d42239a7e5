import type { Metadata } from "next";

import { ReportScreen } from "#components/reports/report-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Reports to people" };

const ReportsPage = async ({ params }: PageProps<"/[clubSlug]/workflows/reports">) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  await prefetch(trpc.alerts.reportSettings.queryOptions({ clubId }));
  return (
    <HydrateClient>
      <ReportScreen />
    </HydrateClient>
  );
};

export default ReportsPage;
