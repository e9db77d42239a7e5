"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";

import { FailureLine } from "#components/connections/failure-line.tsx";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/page.tsx";
import { notify } from "#components/ui/toast.tsx";

/** The server holds to the same. */
const NAME_MAX_CHARACTERS = 80;

export const FranchiseNameForm = ({ name }: { readonly name: string }) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useForm({ defaultValues: { name } });
  const changing = useMutation(
    trpc.clubs.changeFranchise.mutationOptions({
      onSuccess: () => notify({ tone: "good", title: "The franchise has its new name" }),
      onSettled: () => queryClient.invalidateQueries(trpc.clubs.pathFilter()),
    }),
  );
  const submit = form.handleSubmit((values) => changing.mutate({ clubId, ...values }));
  return (
    <Panel label="The franchise">
      <form onSubmit={(event) => void submit(event)} noValidate className="p-4">
        <fieldset disabled={changing.isPending} className="flex flex-col gap-4">
          <Field label="Name" hint="Above its clubs, and in invitations." error={form.formState.errors.name?.message}>
            {(control) => (
              <Input
                {...control}
                {...form.register("name", { validate: (value) => value.trim() !== "" || "Give it a name." })}
                maxLength={NAME_MAX_CHARACTERS}
                autoComplete="organization"
                className="h-10"
              />
            )}
          </Field>
          {changing.isError ? <FailureLine error={changing.error} /> : null}
          <Button type="submit" isBusy={changing.isPending} className="self-start">
            Save the name
          </Button>
        </fieldset>
      </form>
    </Panel>
  );
};
