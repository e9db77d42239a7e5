"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { notify } from "#components/ui/toast.tsx";

type StopDialogProps = { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void };

/** The reason is read by everyone who sees the strip afterwards, so it must say something. */
const MIN_REASON_LENGTH = 3;
const MAX_REASON_LENGTH = 200;

export const StopDialog = ({ isOpen, onOpenChange }: StopDialogProps) => {
  const club = useClub();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useForm({ defaultValues: { reason: "" } });
  const stop = useMutation(
    trpc.emergencyStop.set.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.clubs.pathFilter());
        form.reset();
        onOpenChange(false);
        notify({ tone: "good", title: `Spotter is stopped for ${club.name}` });
      },
    }),
  );
  const submit = form.handleSubmit(({ reason }) => stop.mutate({ clubId: club.id, reason: reason.trim() }));
  const failure = stop.error === null ? undefined : describeFailure(stop.error).title;
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={`Stop Spotter for ${club.name}?`}
      description="Every automatic message of this club is held from now on. Messages still come in, and people can still reply."
    >
      <form onSubmit={(event) => void submit(event)}>
        <fieldset disabled={stop.isPending} className="flex flex-col gap-4">
          <Field label="Reason" hint="Everyone who works in this club sees it." error={form.formState.errors.reason?.message ?? failure}>
            {(control) => (
              <TextArea
                {...control}
                {...form.register("reason", {
                  validate: (reason) => reason.trim().length >= MIN_REASON_LENGTH || "Say in a few words why.",
                  maxLength: { value: MAX_REASON_LENGTH, message: `Keep it under ${MAX_REASON_LENGTH} characters.` },
                })}
              />
            )}
          </Field>
          <div className="flex justify-between">
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button type="submit" kind="danger" isBusy={stop.isPending}>
              Stop Spotter
            </Button>
          </div>
        </fieldset>
      </form>
    </Dialog>
  );
};
