import type { Metadata } from "next";

import { NotificationsScreen } from "#components/notifications/notifications-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Notifications" };

const NotificationsPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const { id: clubId } = await requireClub((await params).clubSlug);
  await prefetch(trpc.notifications.settings.queryOptions({ clubId }));
  return (
    <HydrateClient>
      <NotificationsScreen />
    </HydrateClient>
  );
};

export default NotificationsPage;
