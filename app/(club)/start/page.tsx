import type { Metadata } from "next";

import { NoClub } from "#app/(auth)/no-club.tsx";
import { StartScreen } from "#components/first-run/start-screen.tsx";
import { signInOffer } from "#server/auth/offer.ts";
import { requireUser } from "#server/auth/session.ts";

export const metadata: Metadata = { title: "Start a club" };

type StartPageProps = { readonly searchParams: Promise<{ readonly franchise?: string | string[] }> };

/** A new owner's franchise with its first club; for whoever owns one already, one more club of it. */
const StartPage = async ({ searchParams }: StartPageProps) => {
  const user = await requireUser();
  const { franchise } = await searchParams;
  const owned = user.accesses.filter(({ role, clubId }) => role === "owner" && clubId === null).map(({ franchiseId }) => franchiseId);
  const chosen = owned.find((id) => id === franchise) ?? owned[0];
  const club = user.clubs.find(({ franchiseId }) => franchiseId === chosen);
  if (club === undefined && !signInOffer().canSignUp) {
    return <NoClub email={user.email} canFound={false} />;
  }
  return <StartScreen of={club === undefined ? null : { clubId: club.id, franchiseName: club.franchiseName, slug: club.slug }} />;
};

export default StartPage;
