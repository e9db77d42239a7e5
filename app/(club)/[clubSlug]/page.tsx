import { redirect } from "next/navigation";

import { clubPath } from "#components/lib/paths.ts";
import { requireClub } from "#server/auth/session.ts";

const ClubPage = async ({ params }: { readonly params: Promise<{ clubSlug: string }> }) => {
  const club = await requireClub((await params).clubSlug);
  redirect(clubPath(club.slug, "inbox"));
};

export default ClubPage;
