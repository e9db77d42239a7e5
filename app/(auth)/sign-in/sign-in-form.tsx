"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import type { SubmitEvent } from "react";

import { FormError } from "#app/(auth)/form-error.tsx";
import { PasswordInput } from "#app/(auth)/password-input.tsx";
import { trySignIn } from "#app/(auth)/try-sign-in.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { signInMessage } from "#server/auth/sign-in-errors.ts";

type SignInFormProps = {
  readonly goesTo: string;
  readonly hasGoogle: boolean;
  /** Left by a way in that came back refused. */
  readonly firstError: string | null;
  /** Known where somebody comes from an invitation. */
  readonly email?: string;
};

export const SignInForm = ({ goesTo, hasGoogle, firstError, email }: SignInFormProps) => {
  const [message, setMessage] = useState(firstError);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setIsBusy(true);
    setMessage(null);
    const error = await trySignIn({ email: `${fields.get("email")}`, password: `${fields.get("password")}` });
    if (error === null) {
      // A whole new page: nothing that was fetched before signing in may stay.
      globalThis.location.assign(goesTo);
      return;
    }
    setIsBusy(false);
    setMessage(signInMessage(error));
  };

  // Without the method a form sent before the script arrives would put the password into the address.
  return (
    <form method="post" className="mt-8 flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <FormError message={message} />
      <fieldset disabled={isBusy} className="contents">
        <Field label="E-mail">
          {(control) => (
            <Input
              {...control}
              name="email"
              type="email"
              inputMode="email"
              autoComplete="username"
              required
              autoFocus
              defaultValue={email}
              className="h-10"
            />
          )}
        </Field>
        <Field label="Password">
          {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" required />}
        </Field>
        <Button type="submit" kind="primary" size="lg" isBusy={isBusy} className="w-full">
          {isBusy ? "Signing in" : "Sign in"}
        </Button>
      </fieldset>
      {hasGoogle ? (
        <Button size="lg" className="w-full" onClick={() => void signIn("google", { callbackUrl: goesTo })}>
          Continue with Google
        </Button>
      ) : null}
    </form>
  );
};
