"use client";

import type { TeamPerson } from "#app/(club)/[clubSlug]/team/team-types.ts";
import { useTeamChange } from "#app/(club)/[clubSlug]/team/use-team-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

export const RemoveDialog = ({ person, onClose }: { readonly person: TeamPerson; readonly onClose: () => void }) => {
  const { id: clubId, name: clubName, franchiseName } = useClub();
  const trpcClient = useTRPCClient();
  const removal = useTeamChange({
    change: (accessId: TeamPerson["accessId"]) => trpcClient.team.archiveAccess.mutate({ clubId, accessId }),
    done: `${person.name} was removed`,
  });
  const place = person.scope === "club" ? clubName : `every club of ${franchiseName}`;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Remove ${person.name}?`}
      description={`${person.isYou ? "You lose" : `${person.name} loses`} access to ${place} at once and ${person.isYou ? "are" : "is"} signed out everywhere. What was written stays, under the same name.`}
    >
      <div className="flex justify-between gap-3">
        <Button size="lg" onClick={onClose}>
          Keep
        </Button>
        <Button kind="danger" size="lg" isBusy={removal.isPending} onClick={() => removal.mutate(person.accessId, { onSettled: onClose })}>
          Remove
        </Button>
      </div>
    </Dialog>
  );
};
