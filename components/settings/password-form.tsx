"use client";

import { useMutation } from "@tanstack/react-query";
import { signIn } from "next-auth/react";
import { useForm } from "react-hook-form";

import { FailureLine } from "#components/connections/failure-line.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/page.tsx";
import { notify } from "#components/ui/toast.tsx";

/** The server says the same and more (new-password.ts); this keeps a short one from being sent at all. */
const MIN_LENGTH = 8;
const MAX_LENGTH = 128;

type PasswordFormProps = { readonly email: string; readonly hasPassword: boolean };

/** A new password. Every other browser is signed out; this one signs in with the new one at once. */
export const PasswordForm = ({ email, hasPassword }: PasswordFormProps) => {
  const client = useTRPCClient();
  const form = useForm({ defaultValues: { current: "", next: "" } });
  const { errors } = form.formState;
  const changing = useMutation({
    mutationFn: async (values: { current: string; next: string }) => {
      await client.account.changePassword.mutate(values);
      return signIn("credentials", { email, password: values.next, redirect: false });
    },
    onSuccess: (answer) => {
      form.reset();
      if (answer?.ok !== true) {
        // The password is changed and this session has ended with the others.
        globalThis.location.assign("/sign-in");
        return;
      }
      notify({ tone: "good", title: "Your password is changed", detail: "Every other browser is signed out." });
    },
  });
  const submit = form.handleSubmit((values) => changing.mutate(values));
  const long = { minLength: { value: MIN_LENGTH, message: `Use at least ${MIN_LENGTH} characters.` } };
  return (
    <Panel label="Your password">
      <form method="post" onSubmit={(event) => void submit(event)} noValidate className="p-4">
        <fieldset disabled={changing.isPending} className="flex flex-col gap-4">
          <input type="hidden" autoComplete="username" value={email} readOnly />
          {hasPassword ? (
            <Field label="Current password" error={errors.current?.message}>
              {(control) => (
                <Input
                  {...control}
                  {...form.register("current", { required: "Enter the password you have now." })}
                  type="password"
                  autoComplete="current-password"
                  maxLength={MAX_LENGTH}
                  className="h-10"
                />
              )}
            </Field>
          ) : null}
          <Field label="New password" hint="At least 8 characters. A few words in a row are good." error={errors.next?.message}>
            {(control) => (
              <Input
                {...control}
                {...form.register("next", long)}
                type="password"
                autoComplete="new-password"
                maxLength={MAX_LENGTH}
                className="h-10"
              />
            )}
          </Field>
          {changing.isError ? <FailureLine error={changing.error} /> : null}
          <Button type="submit" isBusy={changing.isPending} className="self-start">
            {hasPassword ? "Change the password" : "Set a password"}
          </Button>
        </fieldset>
      </form>
    </Panel>
  );
};
