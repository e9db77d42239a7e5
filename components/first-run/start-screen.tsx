"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useSyncExternalStore } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { z } from "zod";

import { ClubFields } from "#components/clubs/club-fields.tsx";
import { KindFields } from "#components/clubs/kind-fields.tsx";
import { FailureLine } from "#components/connections/failure-line.tsx";
import { clubPath, firstRunPath } from "#components/lib/paths.ts";
import { sentenceOf } from "#components/lib/sentence-of.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/page.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import { FranchiseName, nearestZone, NewClubFacts } from "#server/domain/club-facts.ts";

type StartScreenProps = {
  /** The franchise that gets one more club, by one of its clubs; null for a new franchise. */
  readonly of: { readonly clubId: string; readonly franchiseName: string; readonly slug: string } | null;
};

/** The first step of a new club: what it is called and where it is. */
export const StartScreen = ({ of }: StartScreenProps) => {
  const zone = useBrowserZone();
  return (
    <main className="min-h-dvh overflow-y-auto px-4 py-6 md:px-8 md:py-10">
      <div className="mx-auto flex max-w-160 flex-col gap-6">
        <p className="flex items-center gap-2 text-lg font-semibold">
          <span className="text-spotter-solid">
            <SpotterGlyph className="size-5" />
          </span>
          Spotter
        </p>
        <header>
          <h1 className="text-2xl font-semibold text-balance">{of === null ? "Your first club" : `Another club of ${of.franchiseName}`}</h1>
          <p className="mt-2 text-base text-pretty text-ink-2">
            Next come its vendors and ten questions. Spotter begins in shadow: it reads and drafts, and sends nothing.
          </p>
        </header>
        <StartForm key={zone} of={of} zone={zone} />
        {of === null ? null : (
          <Link href={clubPath(of.slug, "inbox")} className="self-start text-sm font-semibold underline underline-offset-2">
            Back to {of.franchiseName}
          </Link>
        )}
      </div>
    </main>
  );
};

const subscribe = () => () => undefined;

/** The zone of this machine, which the server does not know. */
const useBrowserZone = (): string =>
  useSyncExternalStore(
    subscribe,
    () => nearestZone(Intl.DateTimeFormat().resolvedOptions().timeZone),
    () => nearestZone(""),
  );

const Form = NewClubFacts.extend({ franchiseName: z.string() });
const FormOfNew = Form.extend({ franchiseName: FranchiseName });

const StartForm = ({ of, zone }: StartScreenProps & { readonly zone: string }) => {
  const client = useTRPCClient();
  const form = useForm<z.input<typeof Form>>({
    defaultValues: {
      franchiseName: "",
      name: "",
      kind: "gym",
      timeZone: zone,
      currency: "USD",
      phone: "",
      emergencyPhone: "",
      managerPhone: "",
      address: "",
    },
    resolver: zodResolver(of === null ? FormOfNew : Form, undefined, { raw: true }),
  });
  const creating = useMutation({
    mutationFn: ({ franchiseName, ...club }: z.input<typeof Form>) =>
      of === null
        ? client.clubs.found.mutate({ name: franchiseName, club })
        : client.clubs.add.mutate({ clubId: of.clubId as `club_${string}`, facts: club }),
    // A whole new page: what the browser knew of the person's clubs before is no longer true.
    onSuccess: ({ slug }) => globalThis.location.assign(firstRunPath(slug)),
  });
  const submit = form.handleSubmit((values) => creating.mutate(values));
  const isBusy = creating.isPending || creating.isSuccess;
  return (
    <Panel label="The club">
      <FormProvider {...form}>
        <form onSubmit={(event) => void submit(event)} noValidate className="p-4">
          <fieldset disabled={isBusy} className="flex flex-col gap-4">
            {of === null ? (
              <Field
                label="Name of your business"
                hint="The franchise: one owner, one or more clubs."
                error={sentenceOf(form.formState.errors.franchiseName?.message)}
              >
                {(control) => (
                  <Input {...control} {...form.register("franchiseName")} autoComplete="organization" autoFocus className="h-10" />
                )}
              </Field>
            ) : null}
            <ClubFields />
            <KindFields />
            {creating.isError ? <FailureLine error={creating.error} /> : null}
            <Button type="submit" kind="primary" size="lg" isBusy={isBusy} className="self-start">
              Create the club
            </Button>
          </fieldset>
        </form>
      </FormProvider>
    </Panel>
  );
};
