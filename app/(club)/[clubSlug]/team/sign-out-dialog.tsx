"use client";

import type { TeamPerson } from "#app/(club)/[clubSlug]/team/team-types.ts";
import { useTeamChange } from "#app/(club)/[clubSlug]/team/use-team-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

/** For a lost phone or a shared computer: the access stays, every browser has to sign in again. */
export const SignOutDialog = ({ person, onClose }: { readonly person: TeamPerson; readonly onClose: () => void }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const end = useTeamChange({
    change: () =>
      person.isYou ? client.team.endMySessions.mutate({ clubId }) : client.team.endSessions.mutate({ clubId, accessId: person.accessId }),
    done: `${person.isYou ? "You are" : `${person.name} is`} signed out everywhere`,
  });
  const signOut = (): void =>
    end.mutate(undefined, {
      onSuccess: () => {
        if (person.isYou) {
          // This browser's session has ended too; the whole document is asked for anew.
          location.assign("/sign-in");
        }
      },
      onSettled: onClose,
    });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Sign ${person.isYou ? "yourself" : person.name} out everywhere?`}
      description={`Every browser and phone ${person.isYou ? "you are signed in on, this one too," : "they are signed in on"} is signed out at once. The access stays: signing in again is enough.`}
    >
      <div className="flex justify-between gap-3">
        <Button size="lg" onClick={onClose}>
          Cancel
        </Button>
        <Button kind="primary" size="lg" isBusy={end.isPending} onClick={signOut}>
          Sign out everywhere
        </Button>
      </div>
    </Dialog>
  );
};
