"use client";

import { useDeskChange } from "#components/desks/use-desk-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { PinHolder } from "#components/desks/desk-types.ts";

type TakePinDialogProps = { readonly person: PinHolder; readonly onClose: () => void };

/** For a PIN that was forgotten, or that somebody else knows. */
export const TakePinDialog = ({ person, onClose }: TakePinDialogProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const taking = useDeskChange({
    change: () => client.desks.takePinAway.mutate({ clubId, userId: person.userId }),
    done: `The PIN of ${person.name} is gone`,
    onSettled: onClose,
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Take the PIN of ${person.name} away?`}
      description="It opens no desk from now on, in none of their clubs. They set a new one themselves, on their own device."
    >
      <div className="flex justify-between gap-3">
        <Button size="lg" onClick={onClose}>
          Cancel
        </Button>
        <Button kind="primary" size="lg" isBusy={taking.isPending} onClick={() => taking.mutate()}>
          Take it away
        </Button>
      </div>
    </Dialog>
  );
};
