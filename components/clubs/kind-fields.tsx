"use client";

import { useFormContext } from "react-hook-form";
import type { z } from "zod";

import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { CURRENCIES, CURRENCY_LABELS, type NewClubFacts } from "#server/domain/club-facts.ts";

/** What is settled once, when a club is made. */
export const KindFields = () => {
  const { register } = useFormContext<z.input<typeof NewClubFacts>>();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="What it is" hint="It stays as it is chosen here.">
        {(control) => (
          <Select {...control} {...register("kind")} className="h-10">
            <option value="gym">Gym or fitness club</option>
            <option value="golf">Golf club with bays</option>
          </Select>
        )}
      </Field>
      <Field label="Money" hint="Prices and balances. It stays as well.">
        {(control) => (
          <Select {...control} {...register("currency")} className="h-10">
            {CURRENCIES.map((currency) => (
              <option key={currency} value={currency}>
                {CURRENCY_LABELS[currency]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
};
