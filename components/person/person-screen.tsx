"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import { useClub } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { PersonConsents } from "#components/person/person-consents.tsx";
import { PersonConversations, PersonHolds, PersonSharers } from "#components/person/person-facts.tsx";
import { PersonHead } from "#components/person/person-head.tsx";
import { PersonTimeline } from "#components/person/person-timeline.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Id } from "#server/domain/ids.ts";

/** One person of the club: who they are, what holds for them, and all that happened with them. */
export const PersonScreen = ({ contactId }: { readonly contactId: Id<"contact"> }) => {
  const { id: clubId } = useClub();
  const person = useQuery(useTRPC().members.person.queryOptions({ clubId, contactId }));
  if (person.data === undefined) {
    return (
      <Frame name="Person">
        <h1 className="sr-only">Person</h1>
        {person.isPending ? <SkeletonRows count={6} label="Loading the person" /> : null}
        {person.isError ? <ErrorState error={person.error} onRetry={() => void person.refetch()} /> : null}
      </Frame>
    );
  }
  return (
    <Frame name={person.data.name}>
      <PersonHead person={person.data} />
      <div className="mt-6 grid gap-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="flex flex-col gap-4 lg:order-last">
          <PersonHolds person={person.data} />
          <PersonConsents person={person.data} />
          <PersonConversations person={person.data} />
          <PersonSharers person={person.data} />
        </div>
        <PersonTimeline contactId={contactId} />
      </div>
    </Frame>
  );
};

const Frame = ({ children, name }: { readonly name: string; readonly children: ReactNode }) => {
  const { slug } = useClub();
  return (
    // Without a tab stop a page that has nothing to press could not be scrolled by keyboard.
    <div tabIndex={0} role="group" aria-label={name} className="relative h-full overflow-y-auto focus-visible:-outline-offset-2">
      <div className="mx-auto flex min-h-full max-w-280 flex-col px-4 py-6 md:px-8">
        <Link
          href={clubPath(slug, "members")}
          className="mb-4 inline-flex min-h-6 items-center gap-1 self-start text-sm text-ink-2 hover:text-ink"
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          Members
        </Link>
        {children}
      </div>
    </div>
  );
};
