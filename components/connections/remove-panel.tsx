"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { SubmitEvent } from "react";

import type { ConnectionDetail } from "#components/connections/connection-types.ts";
import { useConnectionChange } from "#components/connections/use-connection-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/page.tsx";

export const RemovePanel = ({ connection }: { readonly connection: ConnectionDetail }) => {
  const [isRemoving, setIsRemoving] = useState(false);
  return (
    <Panel label="Remove">
      <div className="flex flex-wrap items-center justify-between gap-3 p-4">
        <p className="max-w-[60ch] text-sm text-ink-2">
          Removing destroys the stored credentials for good. Conversations and history stay. To stop for a while, pause instead.
        </p>
        <Button onClick={() => setIsRemoving(true)}>Remove connection</Button>
      </div>
      {isRemoving ? <RemoveConnectionDialog connection={connection} onClose={() => setIsRemoving(false)} /> : null}
    </Panel>
  );
};

type RemoveDialogProps = { readonly connection: ConnectionDetail; readonly onClose: () => void };

const RemoveConnectionDialog = ({ connection, onClose }: RemoveDialogProps) => {
  const { id: clubId, slug } = useClub();
  const client = useTRPCClient();
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const removal = useConnectionChange({
    change: () => client.connections.archive.mutate({ clubId, connectionId: connection.id, confirmation: typed }),
    done: `${connection.name} is removed`,
  });
  const isTyped = typed.trim().toLowerCase() === connection.name.toLowerCase();
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    removal.mutate(undefined, { onSuccess: () => router.push(clubPath(slug, "connections")) });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Remove ${connection.name}?`}
      description="Its credentials are destroyed and cannot be brought back. What still waits to go out over it fails, with a card that says so."
    >
      <form onSubmit={submit}>
        <fieldset disabled={removal.isPending} className="flex flex-col gap-4">
          <Field label={`Type ${connection.name} to remove it`}>
            {(control) => (
              <Input {...control} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" className="h-10" />
            )}
          </Field>
          <div className="flex justify-between gap-3">
            <Button size="lg" onClick={onClose}>
              Keep
            </Button>
            <Button type="submit" kind="danger" size="lg" disabled={!isTyped} isBusy={removal.isPending}>
              Remove
            </Button>
          </div>
        </fieldset>
      </form>
    </Dialog>
  );
};
