"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import Link from "next/link";
import { useController, useFormContext, useWatch } from "react-hook-form";

import { useClub } from "#components/lib/club.tsx";
import { workflowTextsPath } from "#components/lib/paths.ts";
import type { SequenceDraft } from "#components/workflows/sequences/sequence-form.tsx";
import { CHANNEL_WORDS, CONDITION_WORDS, isMissing, waitText } from "#components/workflows/sequences/sequence-words.ts";
import { TextEditor } from "#components/workflows/text-editor.tsx";
import type { SequencesView } from "#components/workflows/workflow-types.ts";
import { Chip } from "#components/ui/chip.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { STEP_RULES } from "#server/domain/workflows/ready-sequences.ts";
import { STEP_CHANNELS, STEP_CONDITIONS } from "#server/domain/workflows/sequence.ts";

type Known = SequencesView["sequences"][number]["steps"][number];

type StepCardProps = {
  readonly index: number;
  /** Of all steps. */
  readonly count: number;
  readonly step: SequenceDraft["steps"][number];
  /** As it is stored; undefined of a new one. */
  readonly known: Known | undefined;
  readonly channels: readonly string[];
  readonly isDisabled: boolean;
  readonly onMove: (to: number) => void;
  readonly onRemove: (() => void) | null;
};

/** One step: when, to whom, over what, and which words. */
export const StepCard = ({ channels, count, index, isDisabled, known, onMove, onRemove, step }: StepCardProps) => {
  const name = `Step ${index + 1}`;
  const afterDays = useWatch<SequenceDraft, `steps.${number}.afterDays`>({ name: `steps.${index}.afterDays` });
  return (
    <li aria-label={name} className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4">
      <div className="flex items-center gap-2">
        <h3 className="text-sm font-semibold">{name}</h3>
        <span className="text-sm text-ink-2">{waitText(Number.isNaN(afterDays) ? 0 : afterDays, index === 0)}</span>
        {known === undefined || known.waitingCount === 0 ? null : <Chip tone="neutral">{known.waitingCount} wait for it</Chip>}
        {isDisabled ? null : (
          <div className="ml-auto flex items-center">
            {count === 1 ? null : <Places name={name} index={index} count={count} onMove={onMove} />}
            {onRemove === null ? null : (
              <IconButton label={`Remove ${name.toLowerCase()}`} onClick={onRemove}>
                <X />
              </IconButton>
            )}
          </div>
        )}
      </div>
      <Rules index={index} channels={channels} />
      {step.templateKey === null ? <OwnWords index={index} isDisabled={isDisabled} /> : <LibraryWords known={known} />}
    </li>
  );
};

type PlacesProps = Pick<StepCardProps, "count" | "index" | "onMove"> & { readonly name: string };

/** Both stay where they are at the ends of the list, so that the keyboard does not lose its place after the last press. */
const Places = ({ count, index, name, onMove }: PlacesProps) => (
  <>
    <IconButton
      label={`Move ${name.toLowerCase()} up`}
      aria-disabled={index === 0}
      className="aria-disabled:cursor-not-allowed aria-disabled:opacity-50"
      onClick={() => (index === 0 ? undefined : onMove(index - 1))}
    >
      <ArrowUp />
    </IconButton>
    <IconButton
      label={`Move ${name.toLowerCase()} down`}
      aria-disabled={index === count - 1}
      className="aria-disabled:cursor-not-allowed aria-disabled:opacity-50"
      onClick={() => (index === count - 1 ? undefined : onMove(index + 1))}
    >
      <ArrowDown />
    </IconButton>
  </>
);

/** When it is due, whom it is for, and over what it goes. */
const Rules = ({ channels, index }: Pick<StepCardProps, "channels" | "index">) => {
  const { formState, register } = useFormContext<SequenceDraft>();
  const channel = useWatch<SequenceDraft, `steps.${number}.channel`>({ name: `steps.${index}.channel` });
  const isWrongWait = formState.errors.steps?.[index]?.afterDays !== undefined || formState.errors.steps?.root !== undefined;
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-3">
      <Field label="Wait" error={isWrongWait ? "A day lies between two steps; at most 180." : undefined}>
        {(control) => (
          <span className="flex items-center gap-2">
            <Input
              {...control}
              type="number"
              className="w-20 tabular-nums"
              {...register(`steps.${index}.afterDays`, { valueAsNumber: true })}
            />
            <span className="text-sm text-ink-2">days</span>
          </span>
        )}
      </Field>
      <Field label="To whom">
        {(control) => (
          <Select {...control} className="w-72" {...register(`steps.${index}.condition`)}>
            {STEP_CONDITIONS.map((condition) => (
              <option key={condition} value={condition}>
                {CONDITION_WORDS[condition]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Over"
        hint={
          channel === "best"
            ? ""
            : isMissing(channel, channels)
              ? "The club cannot write over it now, so another one is taken."
              : "Whom it does not reach gets it over another one, and the run says so."
        }
      >
        {(control) => (
          <Select {...control} className="w-60" {...register(`steps.${index}.channel`)}>
            {STEP_CHANNELS.map((one) => (
              <option key={one} value={one}>
                {CHANNEL_WORDS[one]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
};

const OwnWords = ({ index, isDisabled }: Pick<StepCardProps, "index" | "isDisabled">) => {
  const { field } = useController<SequenceDraft, `steps.${number}.text`>({ name: `steps.${index}.text` });
  return <TextEditor label="Words" rules={STEP_RULES} value={field.value ?? ""} onChange={field.onChange} isDisabled={isDisabled} />;
};

/** A text of the library is changed there, for every place that uses it. */
const LibraryWords = ({ known }: Pick<StepCardProps, "known">) => {
  const { slug } = useClub();
  return known === undefined ? null : (
    <div>
      <p className="mb-1 flex flex-wrap gap-x-2 text-xs text-ink-3">
        {known.textName}
        <Link href={`${workflowTextsPath(slug)}?text=${known.templateKey ?? ""}`} className="underline underline-offset-2">
          Change it in the library
        </Link>
      </p>
      <p className="rounded-card bg-spotter-tint px-3 py-2 text-sm whitespace-pre-line text-spotter-ink">{known.body}</p>
    </div>
  );
};
