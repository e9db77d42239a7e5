import { redirect } from "next/navigation";

import { clubPath, firstRunPath } from "#components/lib/paths.ts";
import { requireClub } from "#server/auth/session.ts";
import { isBeingSetUp } from "#server/trpc/server.tsx";

/** Where a club begins: with its list of things to set up, as long as its owner has some, else with the inbox. */
const ClubPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const club = await requireClub((await params).clubSlug);
  redirect((await isBeingSetUp(club)) ? firstRunPath(club.slug) : clubPath(club.slug, "inbox"));
};

export default ClubPage;
