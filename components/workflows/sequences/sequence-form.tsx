"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Plus } from "lucide-react";
import { FormProvider, useFieldArray, useForm, useFormContext, useFormState, type Control } from "react-hook-form";
import type { z } from "zod";

import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Section } from "#components/policy/section.tsx";
import { SaveBar } from "#components/workflows/save-bar.tsx";
import { HeldForAll } from "#components/workflows/setting-scope.tsx";
import { StepCard } from "#components/workflows/sequences/step-card.tsx";
import { SEQUENCE_WORDS } from "#components/workflows/sequences/sequence-words.ts";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { SequencesView } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SequenceSettings, STEPS_MAX } from "#server/domain/workflows/ready-sequences.ts";
import type { SequenceName } from "#server/domain/workflows/sequence.ts";

const OneSequence = SequenceSettings.shape.new_lead;
export type SequenceDraft = z.input<typeof OneSequence>;

type SequenceFormProps = {
  readonly name: SequenceName;
  readonly view: SequencesView;
  readonly isOvertaken: boolean;
  readonly onTouch: () => void;
  readonly onDone: () => void;
};

/** The steps of a sequence in their order, when somebody enters, what ends it, and when they may enter again. */
export const SequenceForm = ({ isOvertaken, name, onDone, onTouch, view }: SequenceFormProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const isDisabled = !useMay("workflow.manage");
  const form = useForm<SequenceDraft>({ defaultValues: view.settings[name], resolver: zodResolver(OneSequence), mode: "onChange" });
  const { workflow } = view;
  const isHeld = (part: keyof SequenceDraft): boolean => view.lockedPaths.includes(`${name}.${part}`);
  const save = useWorkflowChange({
    change: (draft: SequenceDraft) =>
      client.workflows.save.mutate({
        clubId,
        workflowId: workflow.id,
        version: workflow.version,
        schedule: workflow.schedule,
        settings: { [name]: draft },
      }),
    done: "Saved: preview it again before it goes live",
    onDone,
  });
  return (
    <FormProvider {...form}>
      <form
        noValidate
        aria-label="Sequence"
        onChange={onTouch}
        onSubmit={(event) => void form.handleSubmit((draft) => save.mutate(draft))(event)}
        className="flex flex-col gap-8"
      >
        {isDisabled ? <p className="rounded-card bg-sunken px-4 py-3 text-sm text-ink-2">You can read this; an owner changes it.</p> : null}
        <fieldset disabled={isDisabled} className="flex flex-col gap-8">
          <EnterFields control={form.control} name={name} isHeld={isHeld} />
        </fieldset>
        <fieldset disabled={isDisabled || isHeld("steps")} className="flex flex-col gap-3">
          {isHeld("steps") ? <HeldForAll /> : null}
          <StepList control={form.control} name={name} view={view} isDisabled={isDisabled || isHeld("steps")} onTouch={onTouch} />
        </fieldset>
        <Exits name={name} view={view} />
        <SaveBar
          isBusy={save.isPending}
          isOvertaken={isOvertaken}
          onDiscard={onDone}
          note="Not saved yet. Whoever waits for a step gets it as it is saved."
        />
      </form>
    </FormProvider>
  );
};

type EnterFieldsProps = Pick<SequenceFormProps, "name"> & {
  readonly control: Control<SequenceDraft>;
  readonly isHeld: (part: keyof SequenceDraft) => boolean;
};

const EnterFields = ({ control, isHeld, name }: EnterFieldsProps) => (
  <Section id="enter" title="Who enters">
    <div className="flex flex-wrap gap-x-8 gap-y-4 px-4 py-4">
      <DaysField
        control={control}
        path="firstAfterDays"
        label="Enters"
        unit={SEQUENCE_WORDS[name].cause}
        isHeld={isHeld("firstAfterDays")}
      />
      <DaysField
        control={control}
        path="againAfterDays"
        label="May enter again after"
        unit="days, for another cause"
        isHeld={isHeld("againAfterDays")}
      />
    </div>
  </Section>
);

const Exits = ({ name, view }: Pick<SequenceFormProps, "name" | "view">) => (
  <Section id="exits" title="What ends it at once" about="Whatever comes first, also between the plan and the sending.">
    <ul className="flex flex-col gap-1 px-4 py-4 text-sm">
      {view.sequences
        .find((sequence) => sequence.name === name)
        ?.exits.map(({ exit, text }) => (
          <li key={exit}>{endOf(text)}</li>
        ))}
    </ul>
  </Section>
);

/** "the sequence ended: the person replied" → "The person replied" */
const endOf = (text: string): string => {
  const [, end = text] = text.split(": ");
  return end.charAt(0).toUpperCase() + end.slice(1);
};

type StepListProps = Pick<SequenceFormProps, "name" | "onTouch" | "view"> & {
  readonly control: Control<SequenceDraft>;
  readonly isDisabled: boolean;
};

/** Steps come at the end, go from anywhere, and change places with their neighbours; each place keeps its wait. */
const StepList = ({ control, isDisabled, name, onTouch, view }: StepListProps) => {
  const { append, fields, remove, swap } = useFieldArray({ control, name: "steps", keyName: "key" });
  const { getValues, setValue } = useFormContext<SequenceDraft>();
  const known = view.sequences.find((sequence) => sequence.name === name)?.steps ?? [];
  const add = (): void => {
    onTouch();
    const no = Math.max(...fields.map((step) => step.no), ...known.map((step) => step.no)) + 1;
    append({ no, afterDays: 3, condition: "always", channel: "best", templateKey: null, text: "Hi {{first_name}}, it’s {{club_name}}. " });
  };
  const move = (from: number, to: number): void => {
    onTouch();
    const waits = [from, to].map((place) => getValues(`steps.${place}.afterDays`));
    swap(from, to);
    [from, to].forEach((place, index) =>
      setValue(`steps.${place}.afterDays`, waits[index] ?? 0, { shouldDirty: true, shouldValidate: true }),
    );
  };
  return (
    <section aria-labelledby="steps-title">
      <h2 id="steps-title" className="text-lg font-semibold">
        Steps
      </h2>
      <p className="mt-0.5 max-w-[72ch] text-sm text-pretty text-ink-2">
        Whoever is on the way goes on from the step they wait for, in the new order, and gets none twice. Who waits for a step that you take
        out leaves.
      </p>
      <ol className="mt-3 flex flex-col gap-3">
        {fields.map((step, index) => (
          <StepCard
            key={step.key}
            index={index}
            step={step}
            known={known.find(({ no }) => no === step.no)}
            channels={view.channels}
            isDisabled={isDisabled}
            count={fields.length}
            onMove={(to) => move(index, to)}
            onRemove={
              fields.length === 1
                ? null
                : () => {
                    onTouch();
                    remove(index);
                  }
            }
          />
        ))}
      </ol>
      {fields.length >= STEPS_MAX ? (
        <p className="mt-3 text-xs text-ink-3">More than {STEPS_MAX} notes nobody wants to get.</p>
      ) : (
        <Button size="sm" className="mt-3" onClick={add}>
          <Plus aria-hidden="true" />
          Add a step
        </Button>
      )}
    </section>
  );
};

type DaysFieldProps = {
  readonly control: Control<SequenceDraft>;
  readonly path: "firstAfterDays" | "againAfterDays";
  readonly label: string;
  readonly unit: string;
  /** The franchise holds it for all its clubs. */
  readonly isHeld: boolean;
};

const LEAST = { firstAfterDays: 0, againAfterDays: 7 } as const;

const DaysField = ({ control, isHeld, label, path, unit }: DaysFieldProps) => {
  const { errors } = useFormState({ control, name: path });
  return (
    <Field label={label} error={errors[path] === undefined ? undefined : `Enter a number of days from ${LEAST[path]} to 180.`}>
      {(field) => (
        <span className="flex items-center gap-2">
          <Input
            {...field}
            type="number"
            className="w-20 tabular-nums"
            readOnly={isHeld}
            {...control.register(path, { valueAsNumber: true })}
          />
          <span className="text-sm text-ink-2">{unit}</span>
          {isHeld ? <HeldForAll /> : null}
        </span>
      )}
    </Field>
  );
};
