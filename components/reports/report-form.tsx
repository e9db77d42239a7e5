"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import Link from "next/link";
import { useId } from "react";
import type { ReactNode } from "react";
import { useForm, type UseFormRegisterReturn } from "react-hook-form";
import { z } from "zod";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { capitalize } from "#components/lib/format.ts";
import { connectPath } from "#components/lib/paths.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Section } from "#components/policy/section.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { notify } from "#components/ui/toast.tsx";
import { OptionalPhone } from "#server/domain/club-facts.ts";
import { ReportSettings } from "#server/domain/report-settings.ts";
import type { AppRouter } from "#server/trpc/root.ts";

export type ReportView = inferRouterOutputs<AppRouter>["alerts"]["reportSettings"];

const addressesOf = (text: string): readonly string[] =>
  text
    .split(/[\s,;]+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");

const Draft = z.object({
  managerPhone: z.string().refine((text) => OptionalPhone.safeParse(text).success, { error: "This does not look like a phone number" }),
  emails: z.string().superRefine((text, context) => {
    const complaint = ReportSettings.shape.emails.safeParse([...addressesOf(text)]).error?.issues[0]?.message;
    if (complaint !== undefined) {
      context.addIssue({ code: "custom", message: capitalize(complaint) });
    }
  }),
  notifyOnEscalation: z.boolean(),
  notifyOnReferral: z.boolean(),
  bySms: z.boolean(),
  byEmail: z.boolean(),
  byTeam: z.boolean(),
});
type Draft = z.infer<typeof Draft>;

type ReportFormProps = { readonly view: ReportView; readonly isDisabled: boolean };

export const ReportForm = ({ isDisabled, view }: ReportFormProps) => {
  const { emails, ...switches } = view.settings;
  const form = useForm<Draft>({
    defaultValues: { ...switches, emails: emails.join(", "), managerPhone: view.managerPhone ?? "" },
    resolver: zodResolver(Draft),
  });
  const save = useSave(view.version);
  const { errors, isDirty } = form.formState;
  const submit = form.handleSubmit((draft) => save.mutate(draft));
  return (
    <form noValidate aria-label="Reports to people" onSubmit={(event) => void submit(event)}>
      <fieldset disabled={isDisabled || save.isPending} className="flex flex-col gap-8">
        <Section
          id="what"
          title="What is told"
          about="A run that has nothing to tell is silent, and every report stands on the page of its run as well."
        >
          <Switch
            field={form.register("notifyOnEscalation")}
            label="Notify on escalation"
            about="Each morning: cases, total at risk, and the largest by name."
          />
          <Switch
            field={form.register("notifyOnReferral")}
            label="Notify on referral"
            about="After each referral run: what was put before two people, and what became of it."
          />
        </Section>
        <Section id="ways" title="Where it goes">
          <Switch field={form.register("bySms")} label="Text to the manager" about={<Sms view={view} />}>
            <Field
              label="Manager’s phone"
              hint="Emergencies that nobody takes are texted there as well."
              error={errors.managerPhone?.message}
            >
              {(control) => <Input {...control} {...form.register("managerPhone")} type="tel" autoComplete="off" className="max-w-64" />}
            </Field>
          </Switch>
          <Switch field={form.register("byEmail")} label="E-mail" about={<Mail view={view} />}>
            <Field label="E-mail addresses" hint="Up to five, with commas between them." error={errors.emails?.message}>
              {(control) => <Input {...control} {...form.register("emails")} inputMode="email" autoComplete="off" />}
            </Field>
          </Switch>
          <Switch field={form.register("byTeam")} label="The team’s channel" about={<Team view={view} />} />
        </Section>
        {isDirty ? (
          <div className="flex justify-end gap-2">
            <Button kind="quiet" onClick={() => form.reset()}>
              Discard
            </Button>
            <Button type="submit" kind="primary" isBusy={save.isPending}>
              Save
            </Button>
          </div>
        ) : null}
      </fieldset>
    </form>
  );
};

const useSave = (baseVersion: number) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ emails, managerPhone, ...switches }: Draft) =>
      client.alerts.saveReportSettings.mutate({
        clubId,
        baseVersion,
        managerPhone,
        settings: { ...switches, emails: [...addressesOf(emails)] },
      }),
    onSuccess: () => notify({ tone: "good", title: "Saved. It holds from the next report on" }),
    onError: (error) => {
      const { advice, title } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
    onSettled: () => queryClient.invalidateQueries(trpc.alerts.reportSettings.pathFilter()),
  });
};

type SwitchProps = {
  readonly field: UseFormRegisterReturn;
  readonly label: string;
  readonly about: ReactNode;
  readonly children?: ReactNode;
};

const Switch = ({ about, children, field, label }: SwitchProps) => {
  const id = useId();
  return (
    <div className="flex gap-3 border-b border-line px-4 py-3.5 last:border-b-0">
      <input
        {...field}
        id={id}
        type="checkbox"
        aria-describedby={`${id}-about`}
        className="mt-0.5 size-4 shrink-0 accent-(--solid) pointer-coarse:size-6"
      />
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <div>
          <label htmlFor={id} className="text-sm font-semibold">
            {label}
          </label>
          <div id={`${id}-about`} className="text-xs text-pretty text-ink-3">
            {about}
          </div>
        </div>
        {children}
      </div>
    </div>
  );
};

const Missing = ({ children }: { readonly children: ReactNode }) => {
  const { slug } = useClub();
  return (
    <p className="text-warn-ink">
      {children}{" "}
      <Link href={connectPath(slug)} className="underline underline-offset-2">
        Connect one
      </Link>
    </p>
  );
};

const Sms = ({ view: { open } }: { readonly view: ReportView }) =>
  open.sms === null ? (
    <Missing>No line of this club can send a text, so none goes out.</Missing>
  ) : (
    <p>Goes out over {open.sms}, to the phone below.</p>
  );

const Mail = ({ view: { open } }: { readonly view: ReportView }) =>
  open.email === null ? (
    <Missing>No mailbox is connected, so no e-mail goes out.</Missing>
  ) : (
    <p>Goes out from {open.email}, to the addresses below.</p>
  );

const Team = ({ view: { open } }: { readonly view: ReportView }) =>
  open.team.length === 0 ? (
    <Missing>No team channel, such as Slack, is connected and lets itself be told.</Missing>
  ) : (
    <p>Posted to {open.team.join(", ")}.</p>
  );
