"use client";

import { useForm } from "react-hook-form";

import { FailureLine } from "#components/connections/failure-line.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/page.tsx";

/** The server holds to the same. */
const NAME_MAX_CHARACTERS = 80;

type OneNameFormProps = {
  readonly label: string;
  readonly hint: string;
  /** What is said where nothing was entered. */
  readonly missing: string;
  readonly autoComplete: "name" | "organization";
  readonly name: string;
  readonly changing: { readonly isPending: boolean; readonly isError: boolean; readonly error: unknown };
  readonly onSave: (name: string) => void;
};

/** A panel in which one name is changed. */
export const OneNameForm = ({ autoComplete, changing, hint, label, missing, name, onSave }: OneNameFormProps) => {
  const form = useForm({ defaultValues: { name } });
  const submit = form.handleSubmit((values) => onSave(values.name));
  return (
    <Panel label={label}>
      <form onSubmit={(event) => void submit(event)} noValidate className="p-4">
        <fieldset disabled={changing.isPending} className="flex flex-col gap-4">
          <Field label="Name" hint={hint} error={form.formState.errors.name?.message}>
            {(control) => (
              <Input
                {...control}
                {...form.register("name", { validate: (value) => value.trim() !== "" || missing })}
                maxLength={NAME_MAX_CHARACTERS}
                autoComplete={autoComplete}
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
