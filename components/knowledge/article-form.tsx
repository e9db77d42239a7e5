"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { FormProvider, useForm } from "react-hook-form";

import { AskedFields } from "#components/knowledge/asked-fields.tsx";
import { FactFields } from "#components/knowledge/fact-fields.tsx";
import { DATE_FIELD } from "#components/knowledge/form-words.ts";
import { TranslationFields } from "#components/knowledge/translation-fields.tsx";
import { sentenceOf } from "#components/lib/sentence-of.ts";
import type { ArticleDetail } from "#components/knowledge/knowledge-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { ArticleContent, type Fact } from "#server/domain/knowledge.ts";

type ArticleFormProps = {
  readonly initial: ArticleContent;
  /** `null` = it is not stored yet. */
  readonly stored: ArticleDetail | null;
  readonly isBusy: boolean;
  readonly submitLabel: string;
  readonly onTouch?: () => void;
  readonly onStop?: (fact: Fact) => void;
  readonly onSubmit: (content: ArticleContent) => void;
};

export const ArticleForm = ({ initial, stored, isBusy, submitLabel, onTouch, onStop, onSubmit }: ArticleFormProps) => {
  const { title, body, facts, asked, translations, validFromOn, validUntilOn } = initial;
  const form = useForm<ArticleContent>({
    defaultValues: { title, body, facts: facts.map(draftOf), asked, translations, validFromOn, validUntilOn },
    resolver: zodResolver(ArticleContent),
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(onSubmit);
  return (
    <FormProvider {...form}>
      <form onSubmit={(event) => void submit(event)} onChange={onTouch} noValidate className="flex flex-col gap-4 p-4">
        <fieldset disabled={isBusy} className="contents">
          <Field label="Title" hint="What it is about, as a member would ask for it." error={sentenceOf(errors.title?.message)}>
            {(control) => <Input {...control} {...form.register("title")} autoComplete="off" className="h-10" />}
          </Field>
          <Field
            label="Text"
            hint="Short sentences, one fact each: Spotter quotes whole sentences."
            error={sentenceOf(errors.body?.message)}
          >
            {(control) => <TextArea {...control} {...form.register("body")} rows={6} className="max-h-[60dvh] min-h-36" />}
          </Field>
          <AskedFields stored={stored} onTouch={onTouch} />
          <TranslationFields stored={stored} onTouch={onTouch} />
          <FactFields stored={stored} onTouch={onTouch} onStop={onStop} />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Holds from" hint="Left empty: already." error={sentenceOf(errors.validFromOn?.message)}>
              {(control) => <Input {...control} {...form.register("validFromOn", DATE_FIELD)} type="date" />}
            </Field>
            <Field
              label="Holds until"
              hint="The last day. Left empty: until it is changed."
              error={sentenceOf(errors.validUntilOn?.message)}
            >
              {(control) => <Input {...control} {...form.register("validUntilOn", DATE_FIELD)} type="date" />}
            </Field>
          </div>
          <Button type="submit" kind="primary" size="lg" isBusy={isBusy} className="self-start">
            {submitLabel}
          </Button>
        </fieldset>
      </form>
    </FormProvider>
  );
};

/** Whether a fact is stopped is no part of what is edited. */
const draftOf = ({
  id,
  kind,
  label,
  value,
  validFromOn,
  validUntilOn,
}: ArticleContent["facts"][number]): ArticleContent["facts"][number] => ({
  id,
  kind,
  label,
  value,
  validFromOn,
  validUntilOn,
});
