"use client";

import { useController, useFormContext, useFormState } from "react-hook-form";

import { Section } from "#components/policy/section.tsx";
import { BudgetFields } from "#components/workflows/custom/budget-fields.tsx";
import { ChoiceList } from "#components/workflows/custom/choice-list.tsx";
import type { CustomForm } from "#components/workflows/custom/custom-form.ts";
import { LEVEL_WORDS, PURPOSE_WORDS, TELLS_WORDS } from "#components/workflows/custom/custom-words.ts";
import { ToolList } from "#components/workflows/custom/tool-list.tsx";
import { ScheduleFields } from "#components/workflows/schedule-fields.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { APPROVAL_LEVELS } from "#server/domain/workflows/custom-tools.ts";

type CustomFieldsProps = { readonly isDisabled: boolean };

/** A task in plain words and all that bounds it. */
export const CustomFields = ({ isDisabled }: CustomFieldsProps) => (
  <>
    <Section id="task" title="The task" about="Say whom it is about, what each of them gets, and what you want to be told.">
      <TaskFields isDisabled={isDisabled} />
    </Section>
    <Section id="schedule" title="When it runs">
      <ScheduleFields isDisabled={isDisabled} />
    </Section>
    <Section
      id="approval"
      title="Who lets it happen"
      about="Doors and money always wait for a person, one by one, whatever you choose here."
    >
      <ApprovalFields isDisabled={isDisabled} />
    </Section>
    <Section id="tools" title="Tools it may use" about="What is not ticked does not exist for this task.">
      <ToolList isDisabled={isDisabled} />
    </Section>
    <Section id="budget" title="Budget of one run" about="At a limit the run ends and says so. What was planned till then is kept.">
      <BudgetFields isDisabled={isDisabled} />
    </Section>
  </>
);

const TaskFields = ({ isDisabled }: CustomFieldsProps) => {
  const { register } = useFormContext<CustomForm>();
  const { errors } = useFormState<CustomForm>();
  return (
    <fieldset disabled={isDisabled} className="flex flex-col gap-4 px-4 py-4">
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} {...register("name")} className="max-w-96" autoComplete="off" />}
      </Field>
      <Field
        label="What is to be done"
        hint="For example: find members who have not been in for three weeks and owe nothing, and text each a friendly hello. List those without a phone for me."
        error={errors.settings?.task?.message}
      >
        {(control) => <TextArea {...control} {...register("settings.task")} rows={5} className="max-w-[72ch]" />}
      </Field>
    </fieldset>
  );
};

const ApprovalFields = ({ isDisabled }: CustomFieldsProps) => {
  const { field: approval } = useController<CustomForm, "settings.approval">({ name: "settings.approval" });
  const { field: purpose } = useController<CustomForm, "settings.purpose">({ name: "settings.purpose" });
  const { field: tells } = useController<CustomForm, "settings.tells">({ name: "settings.tells" });
  return (
    <div className="flex flex-col gap-5 px-4 py-4">
      <ChoiceList
        label="Approval"
        isDisabled={isDisabled}
        value={approval.value}
        onChange={approval.onChange}
        choices={APPROVAL_LEVELS.map((value) => ({ value, ...LEVEL_WORDS[value] }))}
      />
      <ChoiceList
        label="What its texts are"
        isDisabled={isDisabled}
        value={purpose.value}
        onChange={purpose.onChange}
        choices={(["marketing", "service"] as const).map((value) => ({ value, ...PURPOSE_WORDS[value] }))}
      />
      <Field label="Tell the manager">
        {(control) => (
          <Select
            {...control}
            disabled={isDisabled}
            className="w-64"
            value={tells.value}
            onChange={({ target }) => tells.onChange(target.value)}
          >
            {Object.entries(TELLS_WORDS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
};
