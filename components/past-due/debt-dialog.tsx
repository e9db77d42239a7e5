"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm, type UseFormReturn } from "react-hook-form";
import { z } from "zod";

import type { DebtQuestion } from "#components/past-due/debt-questions.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextArea } from "#components/ui/text-area.tsx";

export type DebtAnswer = {
  readonly kind: string;
  /** A calendar day; null = none was named. */
  readonly on: string | null;
  /** In units of the currency; null = all of it. */
  readonly amount: number | null;
  readonly reason: string;
};

const REASON_MIN = 3;
const REASON_MAX = 300;

const schemaOf = ({ amount, on, reason }: DebtQuestion) =>
  z.object({
    kind: z.string(),
    on: z
      .string()
      .refine((day) => day !== "" || on?.isRequired !== true, { error: "Name a day" })
      .refine((day) => day === "" || on === undefined || day >= on.min, { error: "This day is too early" })
      .refine((day) => day === "" || on?.max === undefined || day <= on.max, { error: "This day is too far off" })
      .transform((day) => (day === "" ? null : day)),
    amount: z
      .string()
      .refine((text) => text === "" || amount === undefined || Number(text) > 0, { error: "Enter an amount above nothing" })
      .transform((text) => (text === "" ? null : Number(text))),
    reason: z
      .string()
      .trim()
      .max(REASON_MAX, "Say it in fewer words")
      .refine((text) => text.length >= REASON_MIN || reason?.isRequired !== true, { error: "Say why" }),
  });

/** What stands in the form. */
type Values = { kind: string; on: string; amount: string; reason: string };

type DebtDialogProps = {
  readonly question: DebtQuestion;
  readonly isBusy: boolean;
  readonly onAnswer: (answer: DebtAnswer) => void;
  readonly onClose: () => void;
};

/** One deed about a debt: what it does, what it needs to know, and the button that does it. */
export const DebtDialog = ({ isBusy, onAnswer, onClose, question }: DebtDialogProps) => {
  const form = useForm<Values, unknown, DebtAnswer>({
    defaultValues: { kind: question.kinds?.[0]?.value ?? "", on: "", amount: "", reason: "" },
    resolver: zodResolver(schemaOf(question)),
  });
  const submit = form.handleSubmit(onAnswer);
  return (
    <Dialog isOpen onOpenChange={onClose} title={question.title} description={question.about}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <fieldset disabled={isBusy} className="flex flex-col gap-4">
          <Fields question={question} form={form} />
          <div className="flex justify-between gap-3">
            <Button size="lg" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" size="lg" kind={question.isGrave === true ? "danger" : "primary"} isBusy={isBusy}>
              {question.button}
            </Button>
          </div>
        </fieldset>
      </form>
    </Dialog>
  );
};

type FieldsProps = { readonly question: DebtQuestion; readonly form: UseFormReturn<Values, unknown, DebtAnswer> };

const Fields = ({ form, question: { amount, kinds, on, reason } }: FieldsProps) => {
  const { errors } = form.formState;
  return (
    <>
      {kinds === undefined ? null : (
        <Field label="Why">
          {(control) => (
            <Select {...control} {...form.register("kind")}>
              {kinds.map(({ label, value }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {on === undefined ? null : (
        <Field label={on.label} hint={on.hint} error={errors.on?.message}>
          {(control) => <Input {...control} {...form.register("on")} type="date" min={on.min} max={on.max} className="w-48" />}
        </Field>
      )}
      {amount === undefined ? null : (
        <Field label={amount.label} hint={amount.hint} error={errors.amount?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register("amount")}
              type="number"
              inputMode="decimal"
              min="0"
              step="0.01"
              className="w-48 tabular-nums"
            />
          )}
        </Field>
      )}
      {reason === null ? null : (
        <Field label={reason.label} hint={reason.hint} error={errors.reason?.message}>
          {(control) => <TextArea {...control} {...form.register("reason")} />}
        </Field>
      )}
    </>
  );
};
