import type { Metadata } from "next";

import { SendingScreen } from "#components/workflows/sending-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Sending rules" };

const SendingPage = async ({ params }: PageProps<"/[clubSlug]/workflows/sending">) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  await prefetch(trpc.sending.get.queryOptions({ clubId }));
  return (
    <HydrateClient>
      <SendingScreen />
    </HydrateClient>
  );
};

export default SendingPage;
