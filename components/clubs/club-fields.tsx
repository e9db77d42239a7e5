"use client";

import { useFormContext } from "react-hook-form";
import type { z } from "zod";

import { sentenceOf } from "#components/lib/sentence-of.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { TIME_ZONES, type ClubFacts } from "#server/domain/club-facts.ts";

/** As it is typed; empty where nothing is told. */
export type ClubForm = z.input<typeof ClubFacts>;

/** What a club is called, where it is and how it is reached. */
export const ClubFields = () => {
  const { register, formState } = useFormContext<ClubForm>();
  const { errors } = formState;
  return (
    <>
      <Field label="Name of the club" hint="As members know it." error={sentenceOf(errors.name?.message)}>
        {(control) => <Input {...control} {...register("name")} autoComplete="organization" className="h-10" />}
      </Field>
      <Field label="Time zone" hint="Hours, reminders and quiet hours follow its clock." error={sentenceOf(errors.timeZone?.message)}>
        {(control) => (
          <Select {...control} {...register("timeZone")} className="h-10">
            {Object.entries(TIME_ZONES).map(([zone, label]) => (
              <option key={zone} value={zone}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Address (optional)" error={sentenceOf(errors.address?.message)}>
        {(control) => <Input {...control} {...register("address")} autoComplete="street-address" className="h-10" />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Phone (optional)" hint="Given to members who must call." error={sentenceOf(errors.phone?.message)}>
          {(control) => <Input {...control} {...register("phone")} type="tel" autoComplete="tel" className="h-10" />}
        </Field>
        <Field
          label="Emergency line (optional)"
          hint="Named in an emergency, after 911."
          error={sentenceOf(errors.emergencyPhone?.message)}
        >
          {(control) => <Input {...control} {...register("emergencyPhone")} type="tel" autoComplete="off" className="h-10" />}
        </Field>
        <Field
          label="On-call phone (optional)"
          hint="Texted in an emergency, until somebody has it."
          error={sentenceOf(errors.managerPhone?.message)}
        >
          {(control) => <Input {...control} {...register("managerPhone")} type="tel" autoComplete="off" className="h-10" />}
        </Field>
      </div>
    </>
  );
};
