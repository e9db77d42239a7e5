"use client";

import { useForm } from "react-hook-form";

import type { ConnectionDetail } from "#components/connections/connection-types.ts";
import { useConnectionChange } from "#components/connections/use-connection-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** The server holds to the same. */
const REASON_MAX_CHARACTERS = 200;

type PauseDialogProps = { readonly connection: ConnectionDetail; readonly onClose: () => void };

export const PauseDialog = ({ connection, onClose }: PauseDialogProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const form = useForm({ defaultValues: { reason: "" } });
  const pause = useConnectionChange({
    change: (reason: string) => client.connections.pause.mutate({ clubId, connectionId: connection.id, reason }),
    done: `${connection.name} is paused`,
  });
  const submit = form.handleSubmit(({ reason }) => pause.mutate(reason.trim(), { onSuccess: onClose }));
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Pause ${connection.name}?`}
      description="Nothing is read or sent over it until you resume. What waits to go out is kept and goes out then; what arrives at the vendor meanwhile is read then."
    >
      <form onSubmit={(event) => void submit(event)}>
        <fieldset disabled={pause.isPending} className="flex flex-col gap-4">
          <Field label="Reason" hint="Everyone who works in this club sees it." error={form.formState.errors.reason?.message}>
            {(control) => (
              <Input
                {...control}
                {...form.register("reason", {
                  validate: (reason) => reason.trim() !== "" || "Say in a few words why.",
                  maxLength: { value: REASON_MAX_CHARACTERS, message: `Keep it under ${REASON_MAX_CHARACTERS} characters.` },
                })}
                autoComplete="off"
                className="h-10"
              />
            )}
          </Field>
          <div className="flex justify-between gap-3">
            <Button size="lg" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" kind="primary" size="lg" isBusy={pause.isPending}>
              Pause
            </Button>
          </div>
        </fieldset>
      </form>
    </Dialog>
  );
};
