import type { Metadata } from "next";

import { ApprovalsScreen } from "#components/approvals/approvals-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Approvals" };

const ApprovalsPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const club = await requireClub((await params).clubSlug);
  await prefetch(trpc.approvals.list.queryOptions({ clubId: club.id }));
  return (
    <HydrateClient>
      <ApprovalsScreen />
    </HydrateClient>
  );
};

export default ApprovalsPage;
