"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { InviteDialog } from "#app/(club)/[clubSlug]/team/invite-dialog.tsx";
import { OpenInvitations } from "#app/(club)/[clubSlug]/team/open-invitations.tsx";
import { PeopleTable } from "#app/(club)/[clubSlug]/team/people-table.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** Who works in this club, who is invited, and the one way to let somebody in. */
export const TeamScreen = () => {
  const { id: clubId, name } = useClub();
  const team = useQuery(useTRPC().team.get.queryOptions({ clubId }));
  const mayInvite = useMay("team.invite");
  const [isInviting, setIsInviting] = useState(false);
  return (
    <Page
      title="Team"
      about={`Everybody who may work in ${name}. What a role may do is the same in every club.`}
      aside={
        mayInvite ? (
          <Button kind="primary" onClick={() => setIsInviting(true)}>
            Invite somebody
          </Button>
        ) : null
      }
    >
      {team.isPending ? <SkeletonRows count={4} label="Loading the team" /> : null}
      {team.isError && team.data === undefined ? <ErrorState error={team.error} onRetry={() => void team.refetch()} /> : null}
      {team.data === undefined ? null : (
        <div className="flex flex-col gap-8">
          <PeopleTable people={team.data.people} />
          {mayInvite ? <OpenInvitations invitations={team.data.invitations} /> : null}
        </div>
      )}
      {isInviting ? <InviteDialog onClose={() => setIsInviting(false)} /> : null}
    </Page>
  );
};
