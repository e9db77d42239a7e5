import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { AuthFrame } from "#app/(auth)/auth-frame.tsx";
import { DeskForm } from "#app/(auth)/desk/desk-form.tsx";
import { DESK_PAGES, routeOf } from "#components/lib/paths.ts";
import { deskHere, namesHere } from "#server/auth/desk.ts";
import { safePath } from "#server/auth/safe-path.ts";
import { currentUser } from "#server/auth/session.ts";

export const metadata: Metadata = { title: "Who is at the desk?" };

type DeskPageProps = { readonly searchParams: Promise<{ readonly next?: string | string[] }> };

/** A shared computer while it is locked: nothing of a member, only the names of whoever may open it. */
const DeskPage = async ({ searchParams }: DeskPageProps) => {
  const asked = safePath((await searchParams).next);
  // Whoever asked for a page that a PIN does not open begins where the club begins.
  const goesTo = DESK_PAGES.some((page) => page === asked.split(/[/?#]/)[2]) ? asked : "/";
  const [desk, user] = await Promise.all([deskHere(), currentUser()]);
  if (desk === null) {
    redirect("/sign-in");
  }
  if (user !== null) {
    redirect(routeOf(goesTo));
  }
  const people = await namesHere();
  return (
    <AuthFrame title="Who is at the desk?" lead={`${desk.name}, ${desk.clubName}. What you do here is done in your name.`}>
      {people.length === 0 ? (
        <p className="mt-8 rounded-card border border-line bg-surface p-4 text-sm text-ink-2">
          Nobody of the club has a PIN yet. Set yours on your own device, in Settings under You, then load this page again.
        </p>
      ) : (
        <DeskForm people={people} goesTo={goesTo} />
      )}
      <p className="mt-8 border-t border-line pt-4 text-sm text-ink-3">
        No PIN, or forgotten? Set one on your own device, in Settings under You. A manager turns this desk off in Settings under Desk.
      </p>
    </AuthFrame>
  );
};

export default DeskPage;
