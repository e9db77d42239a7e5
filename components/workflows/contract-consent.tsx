"use client";

import { useController } from "react-hook-form";

import type { SendingDraft } from "#components/workflows/sending-form.tsx";
import { Field } from "#components/ui/field.tsx";
import { TextArea } from "#components/ui/text-area.tsx";

const PURPOSES = [
  { purpose: "service", label: "Service texts: welcome, bookings, access" },
  { purpose: "billing", label: "Bills and reminders" },
] as const;

/** Which consents the contract gives, with the clause itself. */
export const ContractConsent = ({ isDisabled }: { readonly isDisabled: boolean }) => {
  const { field, formState } = useController<SendingDraft, "settings.contractConsent">({ name: "settings.contractConsent" });
  const consent = field.value ?? null;
  const faults = formState.errors.settings?.contractConsent;
  const toggle = (purpose: "service" | "billing", isOn: boolean): void => {
    const purposes = [...(consent?.purposes ?? []).filter((one) => one !== purpose), ...(isOn ? [purpose] : [])];
    field.onChange(purposes.length === 0 ? null : { purposes, wording: consent?.wording ?? "" });
  };
  return (
    <fieldset disabled={isDisabled} className="flex flex-col gap-4 px-4 py-4">
      <legend className="sr-only">What the contract asks consent for</legend>
      <div className="flex flex-col gap-1">
        {PURPOSES.map(({ label, purpose }) => (
          <label key={purpose} className="flex min-h-7 items-center gap-2 text-sm pointer-coarse:min-h-10">
            <input
              type="checkbox"
              checked={consent?.purposes.includes(purpose) ?? false}
              onChange={({ target }) => toggle(purpose, target.checked)}
              className="size-4 shrink-0 accent-(--solid) pointer-coarse:size-5"
            />
            {label}
          </label>
        ))}
      </div>
      {consent === null ? (
        <p className="text-sm text-ink-3">The contract says nothing: each member’s own consent must be on record.</p>
      ) : (
        <Field
          label="The clause, word for word"
          hint="It is kept as the proof of each message that rests on it."
          error={faults !== undefined && "wording" in faults ? sentence(faults.wording) : undefined}
        >
          {(control) => (
            <TextArea
              {...control}
              value={consent.wording}
              onBlur={field.onBlur}
              onChange={({ target }) => field.onChange({ ...consent, wording: target.value })}
            />
          )}
        </Field>
      )}
    </fieldset>
  );
};

const sentence = (fault: unknown): string | undefined => {
  const message: unknown = Object(fault).message;
  return typeof message === "string" ? `${message.charAt(0).toUpperCase()}${message.slice(1)}` : undefined;
};
