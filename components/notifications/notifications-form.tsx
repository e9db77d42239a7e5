"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useForm, type UseFormReturn } from "react-hook-form";
import { z } from "zod";

import { FailureLine } from "#components/connections/failure-line.tsx";
import { useClub } from "#components/lib/club.tsx";
import { formatAddress } from "#components/lib/format.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { PushSection } from "#components/notifications/push-section.tsx";
import { WaysTable } from "#components/notifications/ways-table.tsx";
import { clockText, minuteOf } from "#components/policy/setting-controls.tsx";
import { Section } from "#components/policy/section.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { notify } from "#components/ui/toast.tsx";
import { OptionalPhone } from "#server/domain/club-facts.ts";
import type { NotificationKind } from "#server/domain/notification-words.ts";
import type { AppRouter } from "#server/trpc/root.ts";

export type NotificationsView = inferRouterOutputs<AppRouter>["notifications"]["settings"];

const Draft = z
  .object({
    ways: z.record(z.string(), z.array(z.string())),
    phone: z.string().refine((text) => OptionalPhone.safeParse(text).success, { error: "This does not look like a phone number" }),
    isQuiet: z.boolean(),
    from: z.string(),
    until: z.string(),
    isEverywhere: z.boolean(),
  })
  .refine(({ from, isQuiet, until }) => !isQuiet || (from !== "" && until !== "" && from !== until), {
    error: "Say when the quiet hours begin and when they end",
    path: ["until"],
  });

export type NotificationsDraft = Omit<z.infer<typeof Draft>, "ways"> & { readonly ways: Record<NotificationKind, string[]> };

const draftOf = ({ settings: { phone, quiet, ways } }: NotificationsView): NotificationsDraft => ({
  ways,
  phone: phone === null ? "" : formatAddress(phone),
  isQuiet: quiet !== null,
  from: clockText(quiet?.startMinute ?? DEFAULT_QUIET.startMinute),
  until: clockText(quiet?.endMinute ?? DEFAULT_QUIET.endMinute),
  isEverywhere: false,
});

/** Shown where somebody has none, and switches them on. */
const DEFAULT_QUIET = { startMinute: 22 * 60, endMinute: 7 * 60 };

export const NotificationsForm = ({ view }: { readonly view: NotificationsView }) => {
  const form = useForm<NotificationsDraft>({ defaultValues: draftOf(view), resolver: zodResolver(Draft) as never });
  const save = useSave();
  const { isDirty } = form.formState;
  const submit = form.handleSubmit((draft) => save.mutate(draft));
  return (
    <form noValidate aria-label="Notifications" onSubmit={(event) => void submit(event)}>
      <fieldset disabled={save.isPending} className="flex flex-col gap-8">
        <Section
          id="kinds"
          title="What and how"
          about="In Spotter is the list behind the bell. A way that is not open tells you nothing; the lines below the table say what opens it."
        >
          <WaysTable form={form} view={view} />
        </Section>
        <PushSection view={view} />
        <PhoneSection form={form} />
        <QuietSection form={form} zone={view.timeZone} />
        <div className="sticky bottom-0 flex flex-wrap items-center justify-end gap-3 border-t border-line bg-canvas py-3">
          <Everywhere form={form} />
          {save.isError ? <FailureLine error={save.error} /> : null}
          <Button kind="quiet" disabled={!isDirty} onClick={() => form.reset()}>
            Discard
          </Button>
          <Button type="submit" kind="primary" disabled={!isDirty} isBusy={save.isPending}>
            Save
          </Button>
        </div>
      </fieldset>
    </form>
  );
};

type PartProps = { readonly form: UseFormReturn<NotificationsDraft> };

const PhoneSection = ({ form }: PartProps) => (
  <Section id="phone" title="Your phone" about="For texts to you alone. Members never see it.">
    <div className="p-4">
      <Field
        label="Mobile number"
        hint="One that no member of the club has or writes from. Leave it empty and no text goes out."
        error={form.formState.errors.phone?.message}
      >
        {(control) => <Input {...control} {...form.register("phone")} type="tel" autoComplete="tel" className="max-w-64" />}
      </Field>
    </div>
  </Section>
);

const QuietSection = ({ form, zone }: PartProps & { readonly zone: string }) => {
  const isQuiet = form.watch("isQuiet");
  return (
    <Section
      id="quiet"
      title="Quiet hours"
      about={`Texts, mail and messages wait until they end, and are left out when it was done meanwhile. An emergency never waits. On the club’s clock (${zone}).`}
    >
      <div className="flex flex-col gap-3 p-4">
        <label className="flex min-h-6 items-center gap-2 text-sm font-semibold">
          <input
            type="checkbox"
            {...form.register("isQuiet")}
            defaultChecked={form.formState.defaultValues?.isQuiet ?? false}
            className="size-4 accent-(--solid) pointer-coarse:size-6"
          />
          Leave me alone at night
        </label>
        {isQuiet ? (
          <div className="flex flex-wrap gap-4">
            <Field label="From">
              {(control) => <Input {...control} {...form.register("from")} type="time" className="w-32 tabular-nums" />}
            </Field>
            <Field label="Until" error={form.formState.errors.until?.message}>
              {(control) => <Input {...control} {...form.register("until")} type="time" className="w-32 tabular-nums" />}
            </Field>
          </div>
        ) : null}
      </div>
    </Section>
  );
};

/** Only for whoever works in more than one club. */
const Everywhere = ({ form }: PartProps) => {
  const clubs = useQuery(useTRPC().clubs.mine.queryOptions());
  const count = clubs.data?.length ?? 1;
  return count < 2 ? null : (
    <label className="mr-auto flex min-h-6 items-center gap-2 text-sm text-ink-2">
      <input type="checkbox" {...form.register("isEverywhere")} className="size-4 accent-(--solid) pointer-coarse:size-6" />
      The same in all {count} clubs where you work
    </label>
  );
};

const useSave = () => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ from, isEverywhere, isQuiet, phone, until, ways }: NotificationsDraft) =>
      client.notifications.saveSettings.mutate({
        clubId,
        isEverywhere,
        settings: {
          ways: ways as NotificationsView["settings"]["ways"],
          phone,
          quiet: isQuiet ? { startMinute: minuteOf(from), endMinute: minuteOf(until) } : null,
        },
      }),
    onSuccess: async () => {
      notify({ tone: "good", title: "Saved. It holds from the next news on" });
      await queryClient.invalidateQueries(trpc.notifications.settings.pathFilter());
    },
  });
};
