"use client";

import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";

import { FailureLine } from "#components/connections/failure-line.tsx";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { unsubscribeHere } from "#components/notifications/push-here.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { DESK_NAME_MAX_LENGTH } from "#server/domain/desk.ts";

/** The last thing somebody does in this browser as themselves. */
export const StartDeskDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { id: clubId, name: clubName } = useClub();
  const client = useTRPCClient();
  const form = useForm({ defaultValues: { name: "" } });
  const starting = useMutation({
    mutationFn: async (name: string) => {
      await client.desks.start.mutate({ clubId, name });
      // What I am told of is not shown to whoever uses this browser next; a browser that cannot end that becomes a desk all the same.
      await unsubscribeHere().catch(() => undefined);
    },
    onSuccess: () => globalThis.location.replace("/desk"),
  });
  const submit = form.handleSubmit(({ name }) => starting.mutate(name.trim()));
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Make this browser a desk of ${clubName}?`}
      description="You are signed out here. From then on it asks for a name and a PIN, and nobody signs in with a password, until a manager turns it off on another device."
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <fieldset disabled={starting.isPending || starting.isSuccess} className="flex flex-col gap-4">
          <Field label="Name of the desk" hint="Where it stands, such as Front counter." error={form.formState.errors.name?.message}>
            {(control) => (
              <Input
                {...control}
                {...form.register("name", { validate: (name) => name.trim() !== "" || "Give the desk a name." })}
                maxLength={DESK_NAME_MAX_LENGTH}
                autoComplete="off"
                className="h-10"
              />
            )}
          </Field>
          {starting.isError ? <FailureLine error={starting.error} /> : null}
          <div className="flex justify-between gap-3">
            <Button size="lg" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" kind="primary" size="lg" isBusy={starting.isPending}>
              Make it a desk
            </Button>
          </div>
        </fieldset>
      </form>
    </Dialog>
  );
};
