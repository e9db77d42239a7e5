"use client";

import { useState } from "react";

import { Sample } from "#components/gallery/sample.tsx";
import { CopyField } from "#components/ui/copy-field.tsx";
import { Field } from "#components/ui/field.tsx";
import { DayFilter, FilterField } from "#components/ui/filter-field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextArea } from "#components/ui/text-area.tsx";

export const FieldSamples = () => {
  const [day, setDay] = useState<string | null>("2026-11-26");
  return (
    <>
      <Sample name="Field with Input">
        <Field label="Name of the club" hint="As members know it">
          {(control) => <Input {...control} defaultValue="Ironwood Denver" />}
        </Field>
        <Field label="E-mail" error="This is no address">
          {(control) => <Input {...control} defaultValue="desk@" />}
        </Field>
        <Field label="Address" hint="Comes from the vendor">
          {(control) => <Input {...control} disabled placeholder="Not told" />}
        </Field>
      </Sample>
      <Sample name="TextArea">
        <Field label="Reason" hint="Everybody who works here reads it">
          {(control) => <TextArea {...control} defaultValue="Wrong prices were sent" />}
        </Field>
      </Sample>
      <Sample name="Select">
        <Field label="Order">
          {(control) => (
            <Select {...control} defaultValue="newest">
              <option value="newest">Newest first</option>
              <option value="name">Name, A to Z</option>
            </Select>
          )}
        </Field>
      </Sample>
      <Sample name="FilterField, DayFilter">
        <FilterField label="Channel">
          <Select defaultValue="">
            <option value="">Any</option>
            <option value="sms">Text</option>
          </Select>
        </FilterField>
        <DayFilter label="From" value={day} onChange={setDay} />
      </Sample>
      <Sample name="CopyField">
        <CopyField label="Address of the webhook" value="https://spotter.example/api/webhooks/openphone" />
      </Sample>
    </>
  );
};
