"use client";

import { useDeskChange } from "#components/desks/use-desk-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { DeskRow } from "#components/desks/desk-types.ts";

type EndDeskDialogProps = { readonly desk: DeskRow; readonly onClose: () => void };

/** Ends a desk at once, also for whoever stands there. */
export const EndDeskDialog = ({ desk, onClose }: EndDeskDialogProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const ending = useDeskChange({
    change: () => client.desks.end.mutate({ clubId, deskId: desk.id }),
    done: `${desk.name} is off`,
    onSettled: onClose,
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Turn ${desk.name} off?`}
      description="That browser shows nothing of the club from its next step on, also while somebody stands there. To use it again, a manager signs in there and makes it a desk once more."
    >
      <div className="flex justify-between gap-3">
        <Button size="lg" onClick={onClose}>
          Cancel
        </Button>
        <Button kind="primary" size="lg" isBusy={ending.isPending} onClick={() => ending.mutate()}>
          Turn it off
        </Button>
      </div>
    </Dialog>
  );
};
