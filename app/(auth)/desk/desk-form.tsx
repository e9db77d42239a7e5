"use client";

import { useState } from "react";
import type { SubmitEvent } from "react";

import { FormError } from "#app/(auth)/form-error.tsx";
import { postJson } from "#app/(auth)/post-json.ts";
import { cn } from "#components/lib/cn.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { AtDesk } from "#server/auth/desk.ts";
import { PIN_MAX_LENGTH, PIN_MIN_LENGTH } from "#server/domain/desk.ts";

type DeskFormProps = { readonly people: readonly AtDesk[]; readonly goesTo: string };

/** A name, a PIN, and on to the page that was open before. */
export const DeskForm = ({ people, goesTo }: DeskFormProps) => {
  const [userId, setUserId] = useState<string | null>(people.length === 1 ? (people[0]?.userId ?? null) : null);
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const pin = `${new FormData(form).get("pin")}`;
    setIsBusy(true);
    setMessage(null);
    const failure = await postJson("/desk/open", { userId: userId ?? "", pin });
    if (failure === null) {
      // The whole document, so that nothing of whoever stood here before is left in this page.
      globalThis.location.replace(goesTo);
      return;
    }
    setIsBusy(false);
    setMessage(failure);
    form.reset();
  };

  return (
    <form method="post" className="mt-8 flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <FormError message={message} />
      <fieldset disabled={isBusy} className="contents">
        <fieldset>
          <legend className="mb-1.5 text-sm font-semibold">Your name</legend>
          <div className="flex flex-col overflow-hidden rounded-card border border-line">
            {people.map((person) => (
              <Name key={person.userId} person={person} isChosen={person.userId === userId} onChoose={() => setUserId(person.userId)} />
            ))}
          </div>
        </fieldset>
        {userId === null ? null : (
          // A new field for each name: what was typed for one is not sent for another.
          <PinField key={userId} />
        )}
        <Button type="submit" kind="primary" size="lg" isBusy={isBusy} disabled={userId === null} className="w-full">
          {isBusy ? "Opening the desk" : "Open the desk"}
        </Button>
      </fieldset>
    </form>
  );
};

type NameProps = { readonly person: AtDesk; readonly isChosen: boolean; readonly onChoose: () => void };

const Name = ({ person, isChosen, onChoose }: NameProps) => (
  <label
    className={cn(
      "flex min-h-11 cursor-pointer items-center gap-3 border-b border-line px-3 py-2 text-base last:border-b-0 hover:bg-sunken has-focus-visible:bg-sunken",
      isChosen && "bg-sunken font-semibold",
    )}
  >
    <input type="radio" name="who" checked={isChosen} onChange={onChoose} className="size-4 shrink-0 accent-solid" />
    <Avatar name={person.name} />
    <span className="min-w-0 truncate">{person.name}</span>
  </label>
);

const PinField = () => (
  <Field label="PIN" hint={`${PIN_MIN_LENGTH} to ${PIN_MAX_LENGTH} digits.`}>
    {(control) => (
      <Input
        {...control}
        name="pin"
        type="password"
        inputMode="numeric"
        pattern="[0-9]*"
        autoComplete="one-time-code"
        required
        autoFocus
        minLength={PIN_MIN_LENGTH}
        maxLength={PIN_MAX_LENGTH}
        className="h-10 tracking-[0.3em]"
      />
    )}
  </Field>
);
