"use client";

import { Plus, Trash2 } from "lucide-react";
import { useId } from "react";
import type { ReactNode } from "react";
import { useFieldArray, useFormContext } from "react-hook-form";

import { DATE_FIELD } from "#components/knowledge/form-words.ts";
import { sentenceOf } from "#components/lib/sentence-of.ts";
import { FACT_LABELS, type ArticleDetail } from "#components/knowledge/knowledge-types.ts";
import { FactStop } from "#components/knowledge/fact-stop.tsx";
import { cn } from "#components/lib/cn.ts";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { FACT_KINDS, type ArticleContent, type Fact } from "#server/domain/knowledge.ts";

type FactFieldsProps = {
  readonly stored: ArticleDetail | null;
  readonly onTouch?: (() => void) | undefined;
  readonly onStop?: ((fact: Fact) => void) | undefined;
};

/** Values that are checked in every answer: what stands here may be said, what is stopped may not. */
export const FactFields = ({ stored, onTouch, onStop }: FactFieldsProps) => {
  const { control } = useFormContext<ArticleContent>();
  const list = useFieldArray({ control, name: "facts", keyName: "key" });
  const add = (): void => {
    onTouch?.();
    list.append({ id: crypto.randomUUID(), kind: "price", label: "", value: "", validFromOn: null, validUntilOn: null });
  };
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm font-semibold">Facts</p>
      <p className="text-xs text-ink-3">
        Prices, hours and dates as values. A fact out of its dates, or stopped, is not said, nor is any sentence that states it.
      </p>
      <ul className="flex flex-col gap-2">
        {list.fields.map((field, index) => (
          <FactRow
            key={field.key}
            index={index}
            stored={stored?.facts.find(({ id }) => id === field.id) ?? null}
            onStop={onStop}
            onRemove={() => {
              onTouch?.();
              list.remove(index);
            }}
          />
        ))}
      </ul>
      <Button size="sm" className="self-start" onClick={add}>
        <Plus aria-hidden="true" />
        Add a fact
      </Button>
    </div>
  );
};

type FactRowProps = {
  readonly index: number;
  readonly stored: Fact | null;
  readonly onStop: ((fact: Fact) => void) | undefined;
  readonly onRemove: () => void;
};

type SmallFieldProps = { readonly label: string; readonly className?: string; readonly children: (id: string) => ReactNode };

const SmallField = ({ label, className, children }: SmallFieldProps) => {
  const id = useId();
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className="text-xs text-ink-3">
        {label}
      </label>
      {children(id)}
    </div>
  );
};

const FactRow = ({ index, stored, onStop, onRemove }: FactRowProps) => {
  const { register, formState } = useFormContext<ArticleContent>();
  const errors = formState.errors.facts?.[index];
  const problem = errors?.label?.message ?? errors?.value?.message ?? errors?.validFromOn?.message ?? errors?.validUntilOn?.message;
  const name = `facts.${index}` as const;
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line p-3">
      <input type="hidden" {...register(`${name}.id`)} />
      <div className="grid gap-2 sm:grid-cols-[7rem_minmax(0,1fr)_minmax(0,1fr)]">
        <SmallField label="Kind">
          {(id) => (
            <Select id={id} {...register(`${name}.kind`)}>
              {FACT_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {FACT_LABELS[kind]}
                </option>
              ))}
            </Select>
          )}
        </SmallField>
        <SmallField label="What">
          {(id) => (
            <Input
              id={id}
              {...register(`${name}.label`)}
              placeholder="Day pass"
              autoComplete="off"
              aria-invalid={errors?.label !== undefined}
            />
          )}
        </SmallField>
        <SmallField label="Value">
          {(id) => (
            <Input id={id} {...register(`${name}.value`)} placeholder="$15" autoComplete="off" aria-invalid={errors?.value !== undefined} />
          )}
        </SmallField>
      </div>
      <div className="flex flex-wrap items-end gap-2">
        <SmallField label="From" className="w-36">
          {(id) => <Input id={id} {...register(`${name}.validFromOn`, DATE_FIELD)} type="date" />}
        </SmallField>
        <SmallField label="Until" className="w-36">
          {(id) => (
            <Input
              id={id}
              {...register(`${name}.validUntilOn`, DATE_FIELD)}
              type="date"
              aria-invalid={errors?.validUntilOn !== undefined}
            />
          )}
        </SmallField>
        <IconButton label={`Remove fact ${index + 1}`} onClick={onRemove} className="ml-auto">
          <Trash2 />
        </IconButton>
      </div>
      {problem === undefined ? null : <p className="text-xs text-bad-ink">{sentenceOf(problem)}</p>}
      {stored === null || onStop === undefined ? null : <FactStop fact={stored} onStop={onStop} />}
    </li>
  );
};
