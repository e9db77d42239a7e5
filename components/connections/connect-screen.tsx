"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleOff, Lock } from "lucide-react";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";

import { Caution } from "#components/connections/caution.tsx";
import type { ProviderOffer } from "#components/connections/connection-types.ts";
import { FailureLine } from "#components/connections/failure-line.tsx";
import { SetupFields } from "#components/connections/setup-fields.tsx";
import type { ConnectionForm } from "#components/connections/setup-fields.tsx";
import { TestOutcome } from "#components/connections/test-outcome.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { connectionPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { notify } from "#components/ui/toast.tsx";

/** The form of one vendor. What is typed in is tried at the vendor and stored only when it works. */
export const ConnectScreen = ({ provider }: { readonly provider: string }) => {
  const { id: clubId } = useClub();
  const mayManage = useMay("connection.manage");
  const offers = useQuery(useTRPC().connections.providers.queryOptions({ clubId }));
  const offer = offers.data?.find((candidate) => candidate.provider === provider);
  return (
    <Page title={offer === undefined ? "Connect a vendor" : `Connect ${offer.name}`} about={offer?.summary ?? "One moment."}>
      {offers.isPending ? <SkeletonRows count={4} label="Loading the vendor" /> : null}
      {offers.isError && offers.data === undefined ? <ErrorState error={offers.error} onRetry={() => void offers.refetch()} /> : null}
      {mayManage ? null : (
        <EmptyState icon={<Lock />} title="Only an owner connects vendors">
          Ask an owner of the franchise.
        </EmptyState>
      )}
      {offers.data !== undefined && offer === undefined ? (
        <EmptyState icon={<CircleOff />} title="Spotter does not know this vendor">
          The list of vendors has those that can be connected.
        </EmptyState>
      ) : null}
      {mayManage && offer !== undefined ? <ConnectForm offer={offer} /> : null}
    </Page>
  );
};

const ConnectForm = ({ offer }: { readonly offer: ProviderOffer }) => {
  const { id: clubId, slug } = useClub();
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const form = useForm<ConnectionForm>({ defaultValues: { name: offer.name, values: initialValues(offer) } });
  const connecting = useMutation(
    trpc.connections.create.mutationOptions({
      onSuccess: async (result) => {
        if (result.kind === "connected") {
          form.reset();
          await queryClient.invalidateQueries(trpc.connections.pathFilter());
          notify({ tone: "good", title: `${offer.name} is connected` });
          router.push(connectionPath(slug, result.connectionId));
        }
      },
    }),
  );
  const submit = form.handleSubmit(({ name, values }) => connecting.mutate({ clubId, provider: offer.provider, name, values }));
  const { errors } = form.formState;
  return (
    <div className="flex max-w-160 flex-col gap-6">
      {offer.caution === null ? null : <Caution text={offer.caution} />}
      <Panel label={`Connect ${offer.name}`}>
        <form onSubmit={(event) => void submit(event)} noValidate className="p-4">
          <fieldset disabled={connecting.isPending} className="flex flex-col gap-4">
            <Field label="Name" hint="What your team calls it, such as the number or the desk." error={errors.name?.message}>
              {(control) => <Input {...control} {...form.register("name", NAME_RULES)} autoComplete="off" className="h-10" />}
            </Field>
            <SetupFields fields={offer.fields} register={form.register} errors={errors} />
            {connecting.data?.kind === "failed" ? <TestOutcome result={connecting.data} /> : null}
            {connecting.isError ? <FailureLine error={connecting.error} /> : null}
            <div className="flex flex-wrap items-center gap-3">
              <Button type="submit" kind="primary" size="lg" isBusy={connecting.isPending}>
                Test and connect
              </Button>
              <p className="text-xs text-ink-3">
                {offer.webhook === null ? "Stored only when it works." : "Stored only when it works. The webhook address comes next."}
              </p>
            </div>
          </fieldset>
        </form>
      </Panel>
    </div>
  );
};

/** The server holds to the same. */
const NAME_MAX_CHARACTERS = 60;
export const NAME_RULES = {
  validate: (name: string) => name.trim() !== "" || "Give it a name.",
  maxLength: { value: NAME_MAX_CHARACTERS, message: `Keep it under ${NAME_MAX_CHARACTERS} characters.` },
};

const initialValues = ({ fields }: ProviderOffer): Record<string, string> =>
  Object.fromEntries(fields.map(({ name, kind, initial }) => [name, initial ?? (kind === "switch" ? "off" : "")]));
