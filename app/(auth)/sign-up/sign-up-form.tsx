"use client";

import { useState } from "react";
import type { SubmitEvent } from "react";

import { FormError } from "#app/(auth)/form-error.tsx";
import { OwnNameField, OwnPasswordField } from "#app/(auth)/own-fields.tsx";
import { postJson } from "#app/(auth)/post-json.ts";
import { trySignIn } from "#app/(auth)/try-sign-in.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** A name, an address, a password, and on to the first club. */
export const SignUpForm = () => {
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [email, password] = [`${fields.get("email")}`, `${fields.get("password")}`];
    setIsBusy(true);
    setMessage(null);
    const failure = await postJson("/sign-up/create", { name: `${fields.get("name")}`, email, password });
    if (failure !== null) {
      setIsBusy(false);
      setMessage(failure);
      return;
    }
    await trySignIn({ email, password });
    // Where that last step failed, the page asks to sign in and comes back.
    globalThis.location.assign("/start");
  };

  return (
    <form method="post" className="mt-8 flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <FormError message={message} />
      <fieldset disabled={isBusy} className="contents">
        <OwnNameField />
        <Field label="E-mail" hint="You sign in with it.">
          {(control) => (
            <Input {...control} name="email" type="email" inputMode="email" autoComplete="username" required className="h-10" />
          )}
        </Field>
        <OwnPasswordField />
        <Button type="submit" kind="primary" size="lg" isBusy={isBusy} className="w-full">
          {isBusy ? "Signing up" : "Sign up"}
        </Button>
      </fieldset>
    </form>
  );
};
