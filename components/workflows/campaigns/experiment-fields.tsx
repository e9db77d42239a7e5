"use client";

import { Plus, Trash2 } from "lucide-react";
import { useController, useWatch } from "react-hook-form";

import type { CampaignDraft } from "#components/workflows/campaigns/campaign-form.ts";
import { TextEditor } from "#components/workflows/text-editor.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { CAMPAIGN_FIELDS } from "#server/domain/workflows/campaign-plan.ts";
import { isAboutDebt, type Segment } from "#server/domain/workflows/segment.ts";
import type { TextRules } from "#server/domain/workflows/text-faults.ts";

/** What its text must be: whoever is past due is written to about that alone. */
export const campaignRules = (segment: Segment): TextRules => ({
  fields: CAMPAIGN_FIELDS,
  required: ["club_name"],
  mayAdvertise: !isAboutDebt(segment),
});

/** The words, and a second wording beside them where somebody wants to know which does better. */
export const TextFields = ({ isDisabled }: { readonly isDisabled: boolean }) => {
  const { field: first } = useController<CampaignDraft, "plan.texts.a">({ name: "plan.texts.a" });
  const { field: second } = useController<CampaignDraft, "plan.texts.b">({ name: "plan.texts.b" });
  const segment = useWatch<CampaignDraft, "plan.segment">({ name: "plan.segment" });
  const rules = campaignRules(segment);
  return (
    <div className="flex flex-col gap-6 px-4 py-4">
      <TextEditor
        label={second.value === null ? "Text" : "First text"}
        rules={rules}
        value={first.value}
        onChange={first.onChange}
        isDisabled={isDisabled}
      />
      {second.value === null ? (
        <Button size="sm" className="self-start" disabled={isDisabled} onClick={() => second.onChange(first.value)}>
          <Plus aria-hidden="true" />
          Try a second text
        </Button>
      ) : (
        <>
          <TextEditor label="Second text" rules={rules} value={second.value} onChange={second.onChange} isDisabled={isDisabled} />
          <Button size="sm" className="self-start" disabled={isDisabled} onClick={() => second.onChange(null)}>
            <Trash2 aria-hidden="true" />
            Remove the second text
          </Button>
        </>
      )}
      <p className="text-xs text-ink-3">“Reply STOP to opt out.” is added to every text.</p>
      {isAboutDebt(segment) ? (
        <p className="text-xs text-ink-3">
          It counts as a text about a bill: promises, disputes, exceptions and the pause between two such texts hold it back, and it may
          advertise nothing.
        </p>
      ) : null}
    </div>
  );
};

/** Who gets which text, who gets none, and what counts. */
export const SplitFields = () => {
  const { field: second } = useController<CampaignDraft, "plan.texts.b">({ name: "plan.texts.b" });
  const { field: winner } = useController<CampaignDraft, "plan.winnerBy">({ name: "plan.winnerBy" });
  return (
    <div className="flex flex-col gap-5 px-4 py-4">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <NumberField name="plan.holdOutPercent" label="Held out" unit="%" hint="Never written to, so that you see what it changes." />
        {second.value === null ? null : (
          <>
            <NumberField name="plan.secondPercent" label="Get the second text" unit="%" hint="Of those who are written to." />
            <NumberField name="plan.minimumPerText" label="A winner needs" unit="people a text" hint="Before that neither wins." />
            <Field label="The winner is who brings more" hint="Everybody after that gets the winner.">
              {(control) => (
                <Select
                  {...control}
                  className="w-60"
                  value={winner.value}
                  onChange={({ target }) => winner.onChange(target.value === "reply" ? "reply" : "conversion")}
                >
                  <option value="reply">replies</option>
                  <option value="conversion">payments, bookings, joins</option>
                </Select>
              )}
            </Field>
          </>
        )}
        <NumberField name="plan.maxPerDay" label="At most in a day" unit="people" hint="The rest is for the next run." />
      </div>
    </div>
  );
};

type NumberName = "plan.holdOutPercent" | "plan.secondPercent" | "plan.minimumPerText" | "plan.maxPerDay";

type NumberFieldProps = { readonly name: NumberName; readonly label: string; readonly unit: string; readonly hint: string };

const BOUNDS: Readonly<Record<NumberName, string>> = {
  "plan.holdOutPercent": "Enter a number from 0 to 50.",
  "plan.secondPercent": "Enter a number from 0 to 100.",
  "plan.minimumPerText": "Enter a number from 20 to 10,000.",
  "plan.maxPerDay": "Enter a number from 1 to 100,000.",
};

const NumberField = ({ hint, label, name, unit }: NumberFieldProps) => {
  const { field, fieldState } = useController<CampaignDraft, NumberName>({ name });
  return (
    <Field label={label} hint={hint} error={fieldState.error === undefined ? undefined : BOUNDS[name]}>
      {(control) => (
        <span className="flex items-center gap-2">
          <Input
            {...control}
            type="number"
            className="w-24 tabular-nums"
            value={Number.isNaN(field.value) ? "" : field.value}
            onChange={({ target }) => field.onChange(target.valueAsNumber)}
            onBlur={field.onBlur}
          />
          <span className="text-sm text-ink-2">{unit}</span>
        </span>
      )}
    </Field>
  );
};
