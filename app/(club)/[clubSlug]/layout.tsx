import type { ReactNode } from "react";

import { SignInAgain } from "#app/(club)/sign-in-again.tsx";
import { ClubShell } from "#components/shell/club-shell.tsx";
import { signInOffer } from "#server/auth/offer.ts";
import { requireClub, requireUser } from "#server/auth/session.ts";
import { HydrateClient, prefetch, trpc } from "#server/trpc/server.tsx";

type ClubLayoutProps = { readonly params: Promise<{ clubSlug: string }>; readonly children: ReactNode };

/** Only the frame. Each page asks for access itself: a layout does not run again when the page below it changes. */
const ClubLayout = async ({ params, children }: ClubLayoutProps) => {
  const club = await requireClub((await params).clubSlug);
  const user = await requireUser();
  const input = { clubId: club.id };
  await Promise.all([
    prefetch(trpc.live.settings.queryOptions(input)),
    prefetch(trpc.conversations.counts.queryOptions(input)),
    prefetch(trpc.alerts.list.queryOptions(input)),
    ...(club.isAtDesk ? [] : [prefetch(trpc.notifications.unread.queryOptions(input))]),
    prefetch(trpc.approvals.list.queryOptions(input)),
  ]);
  // oxlint-disable-next-line spotter/clock-only-from-ctx -- the moment of rendering itself, which the browser repeats in its first paint
  const renderedAtMs = Date.now();
  return (
    <HydrateClient>
      <ClubShell club={club} user={{ name: user.name, email: user.email, deskName: user.desk?.name ?? null }} renderedAtMs={renderedAtMs}>
        {children}
        {user.desk === null ? <SignInAgain email={user.email} hasGoogle={signInOffer().hasGoogle} /> : null}
      </ClubShell>
    </HydrateClient>
  );
};

export default ClubLayout;
