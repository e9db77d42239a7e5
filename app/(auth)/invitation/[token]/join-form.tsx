"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import type { SubmitEvent } from "react";

import { FormError } from "#app/(auth)/form-error.tsx";
import { sendAcceptance } from "#app/(auth)/invitation/[token]/send-acceptance.ts";
import { OwnNameField, OwnPasswordField } from "#app/(auth)/own-fields.tsx";
import { Button } from "#components/ui/button.tsx";

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
        <OwnNameField />
        <OwnPasswordField />
        <Button type="submit" kind="primary" size="lg" isBusy={isBusy} className="w-full">
          {isBusy ? "Joining" : "Join"}
        </Button>
      </fieldset>
    </form>
  );
};
