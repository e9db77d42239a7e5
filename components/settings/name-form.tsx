"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";

import { FailureLine } from "#components/connections/failure-line.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/page.tsx";
import { notify } from "#components/ui/toast.tsx";

/** The server holds to the same. */
const NAME_MAX_CHARACTERS = 80;

export const NameForm = ({ name, email }: { readonly name: string; readonly email: string }) => {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const form = useForm({ defaultValues: { name } });
  const changing = useMutation(
    trpc.account.changeName.mutationOptions({
      onSuccess: async () => {
        notify({ tone: "good", title: "Your name is changed" });
        await queryClient.invalidateQueries(trpc.account.pathFilter());
        // The frame of the page shows the name as well.
        router.refresh();
      },
    }),
  );
  const submit = form.handleSubmit((values) => changing.mutate(values));
  return (
    <Panel label="Your name">
      <form onSubmit={(event) => void submit(event)} noValidate className="p-4">
        <fieldset disabled={changing.isPending} className="flex flex-col gap-4">
          <Field
            label="Name"
            hint={`Your team sees it beside what you write. You sign in as ${email}.`}
            error={form.formState.errors.name?.message}
          >
            {(control) => (
              <Input
                {...control}
                {...form.register("name", { validate: (value) => value.trim() !== "" || "Tell your team your name." })}
                maxLength={NAME_MAX_CHARACTERS}
                autoComplete="name"
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
