"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, OctagonX } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { clubPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Menu, MenuGroup, MenuLink, MenuNote } from "#components/ui/menu.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import type { ClubSummary } from "#server/domain/inbox-view.ts";

/** All clubs of the signed-in person, by franchise. */
export const ClubMenu = (popup: PopupProps) => {
  const current = useClub();
  const clubs = useQuery(useTRPC().clubs.mine.queryOptions());
  return (
    <Menu {...popup} label="Clubs">
      {clubs.isError ? <MenuNote isBad>{describeFailure(clubs.error).title}</MenuNote> : null}
      {byFranchise(clubs.data ?? [current]).map(([franchiseName, members]) => (
        <MenuGroup key={franchiseName} label={franchiseName}>
          {members.map((club) => (
            <MenuLink key={club.id} href={clubPath(club.slug, "inbox")} isCurrent={club.id === current.id}>
              <span className="flex-1">{club.name}</span>
              {club.stoppedAt === null ? null : <OctagonX aria-label="Spotter is stopped" />}
              {club.id === current.id ? <Check aria-hidden="true" /> : null}
            </MenuLink>
          ))}
        </MenuGroup>
      ))}
    </Menu>
  );
};

const byFranchise = (clubs: readonly ClubSummary[]): readonly (readonly [string, readonly ClubSummary[]])[] => [
  ...Map.groupBy(clubs, (club) => club.franchiseName),
];
