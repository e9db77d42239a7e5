"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { AutomationSwitches } from "#components/policy/automation-switches.tsx";
import { useDraft, useSetting } from "#components/policy/draft-context.tsx";
import type { AutomationCard } from "#components/policy/policy-types.ts";
import { Section } from "#components/policy/section.tsx";
import { SettingState } from "#components/policy/setting-row.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { notify } from "#components/ui/toast.tsx";
import { AUTOMATION_CATALOGUE } from "#server/domain/automations.ts";
import type { AutomationName, AutomationSetting } from "#server/domain/automations.ts";

/** Topics let loose on one by one, each with what it did in the last 30 days. */
export const AutomationsSection = () => {
  const { id: clubId } = useClub();
  const automations = useQuery(useTRPC().automations.list.queryOptions({ clubId }));
  return (
    <Section
      id="automations"
      title="Automations"
      about="Each answers or does one thing, before the rule of its topic. They are switched on one after the other: the next one when you have looked at the figures of the one before."
    >
      {automations.isPending ? <SkeletonRows count={4} label="Loading automations" /> : null}
      {automations.isError && automations.data === undefined ? (
        <ErrorState error={automations.error} onRetry={() => void automations.refetch()} />
      ) : null}
      {automations.data?.items.map((card) => (
        <Card key={card.name} card={card} days={automations.data.days} />
      ))}
    </Section>
  );
};

const Card = ({ card, days }: { readonly card: AutomationCard; readonly days: number }) => {
  const path = `automations.${card.name}`;
  const setting = useSetting<AutomationSetting>(path);
  const { settings } = useDraft();
  const isOn = settings.policy.automations[card.name].stage !== "off";
  const mayTurnOn = card.maySwitchOn || isOn;
  return (
    <article
      aria-label={card.label}
      className="grid gap-x-6 gap-y-4 border-b border-line px-4 py-4 last:border-b-0 md:grid-cols-[minmax(0,18rem)_minmax(0,1fr)]"
    >
      <div className="flex flex-col gap-2">
        <h3 className="text-sm font-semibold">{card.label}</h3>
        <Facts card={card} />
        <SettingState path={path} setting={setting} label={card.label} />
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        {mayTurnOn || card.after === null ? null : (
          <p className="rounded-control bg-sunken px-3 py-2 text-sm text-ink-2">
            Switch on “{AUTOMATION_CATALOGUE[card.after].label}” first and look at its figures.
          </p>
        )}
        <AutomationSwitches name={card.name} setting={setting} mayTurnOn={mayTurnOn} />
        <Figures card={card} days={days} isOn={isOn} />
      </div>
    </article>
  );
};

const Facts = ({ card }: { readonly card: AutomationCard }) => (
  <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs text-ink-2">
    <dt className="text-ink-3">When</dt>
    <dd>{card.trigger}</dd>
    <dt className="text-ink-3">From</dt>
    <dd>{card.source}</dd>
    <dt className="text-ink-3">Does</dt>
    <dd>{card.action ?? "Answers, nothing else"}</dd>
  </dl>
);

type FiguresProps = { readonly card: AutomationCard; readonly days: number; readonly isOn: boolean };

const Figures = ({ card, days, isOn }: FiguresProps) => {
  const { uses, successes, failures, corrections } = card.counts;
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-t border-line pt-3">
      <dl aria-label={`${card.label}: the last ${days} days`} className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {[
          { name: "Uses", count: uses },
          { name: "Succeeded", count: successes },
          { name: "Failed", count: failures },
          { name: "Corrected", count: corrections },
        ].map(({ name, count }) => (
          <div key={name} className="flex items-baseline gap-1.5">
            <dt className="text-xs text-ink-3">{name}</dt>
            <dd className="font-semibold tabular-nums">{count}</dd>
          </div>
        ))}
      </dl>
      <p className="text-xs text-ink-3">in {days} days</p>
      {card.seen === null ? null : (
        <p className="text-xs text-ink-3">
          Looked at by {card.seen.by ?? "an owner"} <RelativeTime at={card.seen.at} isInSentence />
        </p>
      )}
      {isOn ? <SeenButton name={card.name} label={card.label} isAgain={card.seen !== null} /> : null}
    </div>
  );
};

const SeenButton = ({ name, label, isAgain }: { readonly name: AutomationName; readonly label: string; readonly isAgain: boolean }) => {
  const { mayEdit } = useDraft();
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const trpcClient = useTRPCClient();
  const queryClient = useQueryClient();
  const review = useMutation({
    mutationFn: () => trpcClient.automations.review.mutate({ clubId, name }),
    onSuccess: () => notify({ tone: "good", title: `Noted: you looked at the figures of “${label}”` }),
    onSettled: () => queryClient.invalidateQueries(trpc.automations.pathFilter()),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
  return mayEdit ? (
    <Button kind={isAgain ? "quiet" : "secondary"} size="sm" isBusy={review.isPending} onClick={() => review.mutate()}>
      <Check aria-hidden="true" />
      {isAgain ? "Looked again" : "I have looked at these figures"}
      <span className="sr-only"> of {label}</span>
    </Button>
  ) : null;
};
