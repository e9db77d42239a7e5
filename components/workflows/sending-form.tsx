"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FormProvider, useController, useForm, useFormContext, useFormState } from "react-hook-form";
import { z } from "zod";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { FailureText } from "#components/policy/failure-text.tsx";
import { Section } from "#components/policy/section.tsx";
import { ContractConsent } from "#components/workflows/contract-consent.tsx";
import { CAP_WORDS, LAW_WORDS, REGION_NAMES } from "#components/workflows/sending-words.ts";
import { SettingField } from "#components/workflows/setting-field.tsx";
import { wordedLeaves } from "#components/workflows/setting-leaves.ts";
import type { SendingView } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { notify } from "#components/ui/toast.tsx";
import { SendSettings } from "#server/domain/sending/settings.ts";

/** As the verb asks; the sentence is its own. */
const NOTE_MIN_CHARACTERS = 10;

const SendingDraft = z.object({
  settings: SendSettings,
  note: z.string().trim().min(NOTE_MIN_CHARACTERS, "Say who has checked this.").max(500, "Keep it under 500 characters."),
});
export type SendingDraft = z.input<typeof SendingDraft>;

const LEAVES = wordedLeaves(SendSettings, { ...CAP_WORDS, ...LAW_WORDS });

/** A franchise's answer for what its clubs send; a new version holds from the next message on. */
export const SendingForm = ({ view }: { readonly view: SendingView }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const isDisabled = !view.mayPublish;
  const form = useForm<SendingDraft, unknown, z.output<typeof SendingDraft>>({
    defaultValues: { settings: view.settings, note: "" },
    resolver: zodResolver(SendingDraft),
    mode: "onChange",
  });
  const publish = useMutation({
    mutationFn: ({ note, settings }: z.output<typeof SendingDraft>) =>
      client.sending.publish.mutate({ clubId, baseVersion: view.version, settings, note }),
    onSuccess: ({ version }) => notify({ tone: "good", title: `Version ${version} holds from the next message on` }),
    onSettled: () => queryClient.invalidateQueries(trpc.sending.pathFilter()),
  });
  return (
    <FormProvider {...form}>
      <form
        noValidate
        aria-label="Rules of sending"
        onSubmit={(event) => void form.handleSubmit((values) => publish.mutate(values))(event)}
        className="flex flex-col gap-8"
      >
        <Section
          id="states"
          title="States cleared for advertising"
          about="Advertising by text goes only to states that are ticked, and only to people whose written consent is on record. Tick a state once somebody has checked its law. Service texts and bills need no tick."
        >
          <States regions={view.regions} isDisabled={isDisabled} />
        </Section>
        <Section
          id="contract"
          title="What the contract says"
          about="A clause of the membership contract may stand in for members’ consent to service texts and bills; never for advertising."
        >
          <ContractConsent isDisabled={isDisabled} />
        </Section>
        <Section id="caps" title="Caps">
          {LEAVES.filter(({ path }) => path in CAP_WORDS).map((leaf) => (
            <SettingField key={leaf.path} leaf={leaf} isDisabled={isDisabled} />
          ))}
        </Section>
        <Section id="law" title="Where the law is uncertain" about="Each switch stands on the strict side until somebody answers for it.">
          {LEAVES.filter(({ path }) => path in LAW_WORDS).map((leaf) => (
            <SettingField key={leaf.path} leaf={leaf} isDisabled={isDisabled} />
          ))}
        </Section>
        <PublishBar isBusy={publish.isPending} error={publish.error} />
      </form>
    </FormProvider>
  );
};

const States = ({ isDisabled, regions }: { readonly regions: readonly string[]; readonly isDisabled: boolean }) => {
  const { field } = useController<SendingDraft, "settings.marketingStates">({ name: "settings.marketingStates" });
  const ticked = field.value ?? [];
  const byName = regions.toSorted((left, right) =>
    left === "unknown" ? 1 : right === "unknown" ? -1 : nameOf(left).localeCompare(nameOf(right)),
  );
  return (
    <fieldset disabled={isDisabled} className="px-4 py-4">
      <legend className="sr-only">States cleared for advertising</legend>
      <p role="status" className="mb-3 text-sm font-semibold tabular-nums">
        {ticked.length === 0 ? "No state is cleared: no advertising goes out." : `${ticked.length} of ${regions.length} cleared`}
      </p>
      <div className="grid grid-cols-2 gap-x-4 gap-y-1 md:grid-cols-3 xl:grid-cols-4">
        {byName.map((region) => (
          <label key={region} className="flex min-h-7 items-center gap-2 text-sm pointer-coarse:min-h-10">
            <input
              type="checkbox"
              checked={ticked.includes(region)}
              onChange={({ target }) =>
                field.onChange(target.checked ? [...ticked, region].toSorted() : ticked.filter((one) => one !== region))
              }
              className="size-4 shrink-0 accent-(--solid) pointer-coarse:size-5"
            />
            {nameOf(region)}
          </label>
        ))}
      </div>
    </fieldset>
  );
};

const nameOf = (region: string): string => REGION_NAMES[region] ?? region;

/** Whoever publishes says who has checked it: that is kept for as long as the messages are. */
const PublishBar = ({ error, isBusy }: { readonly isBusy: boolean; readonly error: unknown }) => {
  const form = useFormContext<SendingDraft>();
  const { dirtyFields, errors } = useFormState<SendingDraft>();
  return dirtyFields.settings === undefined ? null : (
    <section
      aria-label="Publish"
      className="sticky bottom-3 z-10 flex flex-col gap-3 rounded-card border border-line-strong/60 bg-raised p-4 shadow-float"
    >
      <Field label="Who has checked this?" hint="A name and a day, such as the lawyer who cleared a state." error={errors.note?.message}>
        {(control) => <TextArea {...control} {...form.register("note")} />}
      </Field>
      {error === null ? null : <FailureText error={error} />}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button kind="quiet" className="-ml-2" onClick={() => form.reset()}>
          Discard
        </Button>
        {errors.settings === undefined ? null : <p className="text-sm text-bad-ink">Not valid yet: see what is marked.</p>}
        <Button type="submit" kind="primary" isBusy={isBusy}>
          Publish for all clubs
        </Button>
      </div>
    </section>
  );
};
