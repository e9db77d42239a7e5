"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import type { SubmitEvent } from "react";

import { FormError } from "#app/(auth)/form-error.tsx";
import { PasswordInput } from "#app/(auth)/password-input.tsx";
import { trySignIn } from "#app/(auth)/try-sign-in.ts";
import { answerSignIn } from "#components/lib/sign-in-again.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { signInMessage } from "#server/auth/sign-in-errors.ts";

type SignInAgainDialogProps = { readonly isAsked: boolean; readonly email: string; readonly hasGoogle: boolean };

export const SignInAgainDialog = ({ isAsked, email, hasGoogle }: SignInAgainDialogProps) => (
  <Dialog
    isOpen={isAsked}
    onOpenChange={(isOpen) => (isOpen ? undefined : answerSignIn(false))}
    title="Sign in again to do this"
    description="It opens something, reaches many people or changes credentials. Nothing has happened yet."
  >
    <AgainForm email={email} hasGoogle={hasGoogle} />
  </Dialog>
);

const AgainForm = ({ email, hasGoogle }: Omit<SignInAgainDialogProps, "isAsked">) => {
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const password = `${new FormData(event.currentTarget).get("password")}`;
    setIsBusy(true);
    setMessage(null);
    const error = await trySignIn({ email, password });
    setIsBusy(false);
    if (error === null) {
      answerSignIn(true);
      return;
    }
    setMessage(signInMessage(error));
  };

  return (
    <form method="post" className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <FormError message={message} />
      {/* A password manager finds the entry by it. */}
      <input type="hidden" name="email" value={email} autoComplete="username" />
      <fieldset disabled={isBusy} className="contents">
        <Field label={`Password of ${email}`}>
          {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" required autoFocus />}
        </Field>
        <div className="flex flex-wrap justify-between gap-2">
          <Button kind="quiet" className="-ml-2" onClick={() => answerSignIn(false)}>
            Cancel
          </Button>
          <div className="flex flex-wrap gap-2">
            {hasGoogle ? (
              <Button onClick={() => void signIn("google", { callbackUrl: globalThis.location.href })}>Continue with Google</Button>
            ) : null}
            <Button type="submit" kind="primary" isBusy={isBusy}>
              Sign in and go on
            </Button>
          </div>
        </div>
      </fieldset>
    </form>
  );
};
