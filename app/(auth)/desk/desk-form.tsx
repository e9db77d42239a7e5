"use client";

import { useRef, useState, useSyncExternalStore } from "react";
import type { RefObject, SubmitEvent } from "react";

import { FormError } from "#app/(auth)/form-error.tsx";
import { postJson } from "#app/(auth)/post-json.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { AtDesk } from "#server/auth/desk.ts";
import { PIN_MAX_LENGTH, PIN_MIN_LENGTH } from "#server/domain/desk.ts";

type DeskFormProps = { readonly people: readonly AtDesk[]; readonly goesTo: string };

/** A name, a PIN, and on to the page that was open before. The browser keeps both, so that an early press is not lost. */
export const DeskForm = ({ people, goesTo }: DeskFormProps) => {
  const pinField = useRef<HTMLInputElement>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  // Sent by a page that is not ready yet, a PIN would reach nobody who looks at it.
  const isReady = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );

  /** What was typed for one is not sent for another. */
  const beginPin = (): void => {
    if (pinField.current !== null) {
      pinField.current.value = "";
      pinField.current.focus();
    }
  };

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setIsBusy(true);
    setMessage(null);
    const failure = await postJson("/desk/open", { userId: `${fields.get("who")}`, pin: `${fields.get("pin")}` });
    if (failure === null) {
      // The whole document, so that nothing of whoever stood here before is left in this page.
      globalThis.location.replace(goesTo);
      return;
    }
    setIsBusy(false);
    setMessage(failure);
    beginPin();
  };

  return (
    <form method="post" className="mt-8 flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <FormError message={message} />
      <fieldset>
        <legend className="mb-1.5 text-sm font-semibold">Your name</legend>
        <div className="flex flex-col overflow-hidden rounded-card border border-line">
          {people.map((person) => (
            <Name key={person.userId} person={person} isOnly={people.length === 1} onChoose={beginPin} />
          ))}
        </div>
      </fieldset>
      <PinField fieldRef={pinField} />
      <Button type="submit" kind="primary" size="lg" isBusy={isBusy} disabled={!isReady} className="w-full">
        {isBusy ? "Opening the desk" : "Open the desk"}
      </Button>
    </form>
  );
};

const PinField = ({ fieldRef }: { readonly fieldRef: RefObject<HTMLInputElement | null> }) => (
  <Field label="PIN" hint={`${PIN_MIN_LENGTH} to ${PIN_MAX_LENGTH} digits.`}>
    {(control) => (
      <Input
        {...control}
        ref={fieldRef}
        name="pin"
        type="password"
        inputMode="numeric"
        pattern="[0-9]*"
        autoComplete="one-time-code"
        required
        minLength={PIN_MIN_LENGTH}
        maxLength={PIN_MAX_LENGTH}
        className="h-10 tracking-[0.3em]"
      />
    )}
  </Field>
);

const neverChanges = () => () => undefined;

type NameProps = { readonly person: AtDesk; readonly isOnly: boolean; readonly onChoose: () => void };

const Name = ({ person, isOnly, onChoose }: NameProps) => (
  <label className="flex min-h-11 cursor-pointer items-center gap-3 border-b border-line px-3 py-2 text-base last:border-b-0 hover:bg-sunken has-checked:bg-sunken has-checked:font-semibold has-focus-visible:bg-sunken">
    <input
      type="radio"
      name="who"
      value={person.userId}
      required
      defaultChecked={isOnly}
      onChange={onChoose}
      className="size-4 shrink-0 accent-solid"
    />
    <Avatar name={person.name} className="bg-raised" />
    <span className="min-w-0 truncate">{person.name}</span>
  </label>
);
