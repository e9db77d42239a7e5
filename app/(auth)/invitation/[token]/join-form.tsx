"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import type { SubmitEvent } from "react";

import { FormError } from "#app/(auth)/form-error.tsx";
import { sendAcceptance } from "#app/(auth)/invitation/[token]/send-acceptance.ts";
import { PasswordInput } from "#app/(auth)/password-input.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** The server says the same (new-password.ts); this keeps a short one from being sent at all. */
const MIN_LENGTH = 8;
const MAX_LENGTH = 128;

/** For somebody new: a name, a password, and in. */
export const JoinForm = ({ path, email }: { readonly path: string; readonly email: string }) => {
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const password = `${fields.get("password")}`;
    setIsBusy(true);
    setMessage(null);
    const failure = await sendAcceptance(path, { name: `${fields.get("name")}`, password });
    if (failure !== null) {
      setIsBusy(false);
      setMessage(failure);
      return;
    }
    await signIn("credentials", { email, password, redirect: false }).catch(() => null);
    // Where that last step failed, the first page asks to sign in.
    globalThis.location.assign("/");
  };

  return (
    <form method="post" className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <FormError message={message} />
      <fieldset disabled={isBusy} className="contents">
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <Field label="Your name" hint="Your team sees it beside what you write.">
          {(control) => <Input {...control} name="name" autoComplete="name" required maxLength={80} autoFocus className="h-10" />}
        </Field>
        <Field label="Password" hint="At least 8 characters. A few words in a row are good.">
          {(control) => (
            <PasswordInput
              {...control}
              name="password"
              autoComplete="new-password"
              required
              minLength={MIN_LENGTH}
              maxLength={MAX_LENGTH}
            />
          )}
        </Field>
        <Button type="submit" kind="primary" size="lg" isBusy={isBusy} className="w-full">
          {isBusy ? "Joining" : "Join"}
        </Button>
      </fieldset>
    </form>
  );
};
