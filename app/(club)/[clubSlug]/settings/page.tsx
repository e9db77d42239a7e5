import type { Metadata } from "next";

import { SettingsScreen } from "#components/settings/settings-screen.tsx";
import { requireClub } from "#server/auth/session.ts";
import { HydrateClient } from "#server/trpc/server.tsx";

export const metadata: Metadata = { title: "Settings" };

const SettingsPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  await requireClub((await params).clubSlug);
  return (
    <HydrateClient>
      <SettingsScreen />
    </HydrateClient>
  );
};

export default SettingsPage;
