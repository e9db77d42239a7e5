"use client";

import { useQuery } from "@tanstack/react-query";
import { UserRound } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { ROLE_LABELS } from "#components/lib/labels.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { useThreadActions } from "#components/thread/use-thread-actions.ts";
import { Menu, MenuGroup, MenuItem, MenuNote } from "#components/ui/menu.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import type { Id } from "#server/domain/ids.ts";

type AssignMenuProps = PopupProps & { readonly conversationId: Id<"conversation"> };

/** Everybody who works in this club, oneself first. */
export const AssignMenu = ({ conversationId, ...popup }: AssignMenuProps) => {
  const { id: clubId } = useClub();
  const team = useQuery(useTRPC().team.get.queryOptions({ clubId }));
  const { assign } = useThreadActions(conversationId);
  const people = (team.data?.people ?? []).toSorted((left, right) => Number(right.isYou) - Number(left.isYou));
  return (
    <Menu {...popup} label="Assign" align="end">
      <MenuGroup label="Who takes it">
        {team.isPending ? <MenuNote>Loading the team</MenuNote> : null}
        {team.isError ? <MenuNote isBad>{describeFailure(team.error).title}</MenuNote> : null}
        {people.map(({ accessId, isYou, name, role, userId }) => (
          <MenuItem key={accessId} icon={<UserRound />} onClick={() => assign.mutate(userId)}>
            <span className="flex-1">{isYou ? `${name} (you)` : name}</span>
            <span className="text-xs text-ink-3">{ROLE_LABELS[role]}</span>
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
};
