import { redirect } from "next/navigation";

import { NoClub } from "#app/(auth)/no-club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { requireUser } from "#server/auth/session.ts";

/** The door: to the first club, or to the sign-in page. */
const FirstPage = async () => {
  const user = await requireUser();
  const [club] = user.clubs;
  if (club === undefined) {
    return <NoClub email={user.email} />;
  }
  redirect(clubPath(club.slug, "inbox"));
};

export default FirstPage;
