"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";

import { NAME_RULES } from "#components/connections/connect-screen.tsx";
import type { ConnectionDetail } from "#components/connections/connection-types.ts";
import { FailureLine } from "#components/connections/failure-line.tsx";
import { SetupFields } from "#components/connections/setup-fields.tsx";
import type { ConnectionForm, FormField } from "#components/connections/setup-fields.tsx";
import { TestOutcome } from "#components/connections/test-outcome.tsx";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { notify } from "#components/ui/toast.tsx";

type ReplaceFormProps = { readonly connection: ConnectionDetail; readonly onDone: () => void };

/** New values are tried at the vendor before they take the place of the old ones. */
export const ReplaceForm = ({ connection, onDone }: ReplaceFormProps) => {
  const { id: clubId } = useClub();
  const [isOldKept, setIsOldKept] = useState(true);
  const form = useForm<ConnectionForm>({ defaultValues: { name: connection.name, values: currentValues(connection) } });
  const replacement = useReplacement(() => {
    form.reset();
    onDone();
  });
  const doubled = connection.fields.filter(({ takesTwo, isSet }) => takesTwo === true && isSet);
  const submit = form.handleSubmit(({ name, values }) =>
    replacement.mutate({
      clubId,
      connectionId: connection.id,
      name,
      values,
      keepOld: isOldKept ? doubled.map((field) => field.name) : [],
    }),
  );
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="max-w-160 p-4">
      <fieldset disabled={replacement.isPending} className="flex flex-col gap-4">
        <Field label="Name" hint="What your team calls it." error={form.formState.errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name", NAME_RULES)} autoComplete="off" className="h-10" />}
        </Field>
        <SetupFields fields={connection.fields.map(asKept)} register={form.register} errors={form.formState.errors} />
        {doubled.length === 0 ? null : (
          <KeepOld what={doubled.map(({ label }) => label.toLowerCase()).join(" and ")} isKept={isOldKept} onChange={setIsOldKept} />
        )}
        {replacement.data?.kind === "failed" ? <TestOutcome result={replacement.data} /> : null}
        {replacement.isError ? <FailureLine error={replacement.error} /> : null}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Button size="lg" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" size="lg" isBusy={replacement.isPending}>
            Test and replace
          </Button>
        </div>
      </fieldset>
    </form>
  );
};

/** Says when the new values are stored; a refusal of the vendor is left to the form. */
const useReplacement = (onStored: () => void) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.connections.update.mutationOptions({
      onSuccess: (result) => {
        if (result.kind === "ok") {
          notify({ tone: "good", title: "The new values work and are stored" });
          onStored();
        }
      },
      onSettled: () => queryClient.invalidateQueries(trpc.connections.pathFilter()),
    }),
  );
};

type KeepOldProps = { readonly what: string; readonly isKept: boolean; readonly onChange: (isKept: boolean) => void };

const KeepOld = ({ what, isKept, onChange }: KeepOldProps) => (
  <label className="flex items-start gap-2 text-sm">
    <input
      type="checkbox"
      checked={isKept}
      onChange={(event) => onChange(event.target.checked)}
      className="mt-0.5 size-4 accent-(--solid)"
    />
    <span>Accept the old {what} too, until the vendor has changed over.</span>
  </label>
);

/** A secret that is there may stay as it is, so nothing has to be typed for it. */
const asKept = (field: ConnectionDetail["fields"][number]): FormField =>
  field.kind === "secret" && field.isSet ? { ...field, isRequired: false, isKept: true } : field;

const currentValues = ({ fields }: ConnectionDetail): Record<string, string> =>
  Object.fromEntries(fields.map(({ name, kind, value, initial }) => [name, value ?? initial ?? (kind === "switch" ? "off" : "")]));
