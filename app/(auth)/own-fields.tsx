"use client";

import { PasswordInput } from "#app/(auth)/password-input.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** The server says the same (new-password.ts); this keeps a short one from being sent at all. */
const MIN_LENGTH = 8;
const MAX_LENGTH = 128;

/** What somebody new is called; sent as `name`. */
export const OwnNameField = () => (
  <Field label="Your name" hint="Your team sees it beside what you write.">
    {(control) => <Input {...control} name="name" autoComplete="name" required maxLength={80} autoFocus className="h-10" />}
  </Field>
);

/** The password somebody new chooses; sent as `password`. */
export const OwnPasswordField = () => (
  <Field label="Password" hint="At least 8 characters. A few words in a row are good.">
    {(control) => (
      <PasswordInput {...control} name="password" autoComplete="new-password" required minLength={MIN_LENGTH} maxLength={MAX_LENGTH} />
    )}
  </Field>
);
