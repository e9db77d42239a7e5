"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";

import { FailureLine } from "#components/connections/failure-line.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/page.tsx";
import { notify } from "#components/ui/toast.tsx";
import { PIN_MAX_LENGTH, PIN_MIN_LENGTH } from "#server/domain/desk.ts";

const DIGITS = new RegExp(`^\\d{${PIN_MIN_LENGTH},${PIN_MAX_LENGTH}}$`);

/** The PIN for shared computers. Setting one asks for the password where it was not entered in the last minutes. */
export const PinForm = ({ hasPin }: { readonly hasPin: boolean }) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useForm({ defaultValues: { pin: "" } });
  const changing = useMutation(
    trpc.account.changePin.mutationOptions({
      onSuccess: async (_answer, { pin }) => {
        form.reset();
        notify({ tone: "good", title: pin === null ? "Your PIN is gone" : "Your PIN is set" });
        await queryClient.invalidateQueries(trpc.account.pathFilter());
      },
    }),
  );
  const submit = form.handleSubmit(({ pin }) => changing.mutate({ pin }));
  return (
    <Panel label="Your PIN">
      <form method="post" onSubmit={(event) => void submit(event)} noValidate className="p-4">
        <fieldset disabled={changing.isPending} className="flex flex-col gap-4">
          <Field
            label={hasPin ? "New PIN" : "PIN for shared computers"}
            hint={`${PIN_MIN_LENGTH} to ${PIN_MAX_LENGTH} digits. At a desk of your club it says that you are the one who acts; it opens nothing else. A changed password takes it away.`}
            error={form.formState.errors.pin?.message}
          >
            {(control) => (
              <Input
                {...control}
                {...form.register("pin", {
                  pattern: { value: DIGITS, message: `Use ${PIN_MIN_LENGTH} to ${PIN_MAX_LENGTH} digits.` },
                  required: "Enter a PIN.",
                })}
                type="password"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={PIN_MAX_LENGTH}
                className="h-10 tracking-[0.3em]"
              />
            )}
          </Field>
          {changing.isError ? <FailureLine error={changing.error} /> : null}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" isBusy={changing.isPending}>
              {hasPin ? "Change the PIN" : "Set the PIN"}
            </Button>
            {hasPin ? (
              <Button kind="quiet" onClick={() => changing.mutate({ pin: null })}>
                Remove the PIN
              </Button>
            ) : null}
          </div>
        </fieldset>
      </form>
    </Panel>
  );
};
