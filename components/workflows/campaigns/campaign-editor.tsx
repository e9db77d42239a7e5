"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormProvider, useForm, useFormContext, useWatch, type UseFormReturn } from "react-hook-form";

import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { useSettled } from "#components/lib/use-settled.ts";
import { Section } from "#components/policy/section.tsx";
import { CampaignDraft } from "#components/workflows/campaigns/campaign-form.ts";
import { campaignRules, SplitFields, TextFields } from "#components/workflows/campaigns/experiment-fields.tsx";
import { SegmentBuilder } from "#components/workflows/campaigns/segment-builder.tsx";
import { SegmentCounts } from "#components/workflows/campaigns/segment-preview.tsx";
import { WhenFields } from "#components/workflows/campaigns/when-fields.tsx";
import { PeoplePreview } from "#components/workflows/people-preview.tsx";
import { TestSend } from "#components/workflows/test-send.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Id } from "#server/domain/ids.ts";
import { BLANK_CAMPAIGN } from "#server/domain/workflows/campaign-plan.ts";
import { Segment } from "#server/domain/workflows/segment.ts";
import { textFaults } from "#server/domain/workflows/text-faults.ts";

export const useCampaignForm = (defaultValues: CampaignDraft) =>
  useForm<CampaignDraft>({ defaultValues, resolver: zodResolver(CampaignDraft), mode: "onChange" });

type CampaignEditorProps = {
  readonly form: UseFormReturn<CampaignDraft>;
  /** Of a campaign that is there: whoever had it is told apart. */
  readonly workflowId?: Id<"workflow"> | undefined;
  readonly onSave: (draft: CampaignDraft) => void;
  readonly onTouch?: () => void;
  /** What stands at the end of the form. */
  readonly bar: ReactNode;
};

/** One campaign from its name to its hour, with the people and the words of this moment beside it. */
export const CampaignEditor = ({ bar, form, onSave, onTouch, workflowId }: CampaignEditorProps) => {
  const isDisabled = !useMay("workflow.manage");
  return (
    <FormProvider {...form}>
      {isDisabled ? (
        <p className="mb-6 rounded-card bg-sunken px-4 py-3 text-sm text-ink-2">You can read this campaign; an owner changes it.</p>
      ) : null}
      <form
        noValidate
        aria-label="Campaign"
        onChange={onTouch}
        onSubmit={(event) => void form.handleSubmit((draft) => onSave(draft))(event)}
      >
        <div className="grid items-start gap-x-8 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <fieldset disabled={isDisabled} className="flex min-w-0 flex-col gap-8">
            <Section id="name" title="Name">
              <NameField />
            </Section>
            <Section id="people" title="For whom">
              <SegmentBuilder />
            </Section>
            <Section id="text" title="What it says">
              <TextFields isDisabled={isDisabled} />
            </Section>
            <Section id="split" title="What you want to find out">
              <SplitFields />
            </Section>
            <Section id="when" title="When">
              <WhenFields />
            </Section>
          </fieldset>
          <Side workflowId={workflowId} />
        </div>
        {bar}
      </form>
    </FormProvider>
  );
};

const NameField = () => {
  const { formState, register } = useFormContext<CampaignDraft>();
  return (
    <div className="px-4 py-4">
      <Field label="Name" hint="For you and your team; nobody outside sees it." error={formState.errors.name?.message}>
        {(control) => <Input {...control} className="max-w-96" maxLength={80} {...register("name")} />}
      </Field>
    </div>
  );
};

/** Whom it reaches now, how it reads for them, and a test: it follows what is written on the left. */
const Side = ({ workflowId }: Pick<CampaignEditorProps, "workflowId">) => {
  const { id: clubId } = useClub();
  const mayRun = useMay("workflow.run");
  const plan = useWatch<CampaignDraft, "plan">({ name: "plan" });
  const segment = useSettled(plan.segment);
  const known = Segment.safeParse(segment);
  const preview = useQuery({
    ...useTRPC().workflows.previewSegment.queryOptions({
      clubId,
      segment: known.success ? known.data : BLANK_CAMPAIGN.segment,
      ...(workflowId === undefined ? {} : { workflowId }),
    }),
    enabled: known.success,
    placeholderData: keepPreviousData,
  });
  const texts = [
    { label: plan.texts.b === null ? "Text" : "First text", body: plan.texts.a },
    ...(plan.texts.b === null ? [] : [{ label: "Second text", body: plan.texts.b }]),
  ];
  const isWrong = texts.some(({ body }) => textFaults(campaignRules(plan.segment), body).length > 0);
  return (
    <aside aria-label="Who gets what" className="flex flex-col gap-6 rounded-card border border-line bg-surface p-4 lg:sticky lg:top-4">
      {preview.isPending && known.success ? <SkeletonRows count={3} label="Counting people" /> : null}
      {preview.isError && preview.data === undefined ? <ErrorState error={preview.error} onRetry={() => void preview.refetch()} /> : null}
      {preview.data === undefined ? null : (
        <>
          <SegmentCounts preview={preview.data} isStale={preview.isPlaceholderData || segment !== plan.segment} />
          <PeoplePreview people={preview.data.people} texts={texts} />
        </>
      )}
      {mayRun ? <TestSend texts={texts} isDisabled={isWrong} /> : null}
    </aside>
  );
};
