import { redirect } from "next/navigation";

import { NoClub } from "#app/(auth)/no-club.tsx";
import { clubStartPath } from "#components/lib/paths.ts";
import { signInOffer } from "#server/auth/offer.ts";
import { requireUser } from "#server/auth/session.ts";

/** The door: to the first club, or to the sign-in page. */
const FirstPage = async () => {
  const user = await requireUser();
  const [club] = user.clubs;
  if (club === undefined) {
    return <NoClub email={user.email} canFound={signInOffer().canSignUp} />;
  }
  redirect(clubStartPath(club.slug));
};

export default FirstPage;
