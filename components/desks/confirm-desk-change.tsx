"use client";

import type { DeskRow, PinHolder } from "#components/desks/desk-types.ts";
import { useDeskChange } from "#components/desks/use-desk-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

type Closing = { readonly onClose: () => void };

/** Ends a desk at once, also for whoever stands there. */
export const EndDeskDialog = ({ desk, onClose }: Closing & { readonly desk: DeskRow }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  return (
    <ConfirmDeskChange
      title={`Turn ${desk.name} off?`}
      description="That browser shows nothing of the club from its next step on, also while somebody stands there. To use it again, a manager signs in there and makes it a desk once more."
      button="Turn it off"
      done={`${desk.name} is off`}
      change={() => client.desks.end.mutate({ clubId, deskId: desk.id })}
      onClose={onClose}
    />
  );
};

/** For a PIN that was forgotten, or that somebody else knows. */
export const TakePinDialog = ({ onClose, person }: Closing & { readonly person: PinHolder }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  return (
    <ConfirmDeskChange
      title={`Take the PIN of ${person.name} away?`}
      description="It opens no desk from now on, in none of their clubs. They set a new one themselves, on their own device."
      button="Take it away"
      done={`The PIN of ${person.name} is gone`}
      change={() => client.desks.takePinAway.mutate({ clubId, userId: person.userId })}
      onClose={onClose}
    />
  );
};

type ConfirmProps = Closing & {
  readonly title: string;
  readonly description: string;
  readonly button: string;
  /** What is said once it is done. */
  readonly done: string;
  readonly change: () => Promise<unknown>;
};

const ConfirmDeskChange = ({ button, change, description, done, onClose, title }: ConfirmProps) => {
  const changing = useDeskChange({ change, done, onSettled: onClose });
  return (
    <Dialog isOpen onOpenChange={onClose} title={title} description={description}>
      <div className="flex justify-between gap-3">
        <Button size="lg" onClick={onClose}>
          Cancel
        </Button>
        <Button kind="primary" size="lg" isBusy={changing.isPending} onClick={() => changing.mutate()}>
          {button}
        </Button>
      </div>
    </Dialog>
  );
};
