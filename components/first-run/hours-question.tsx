"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";

import { FailureLine } from "#components/connections/failure-line.tsx";
import type { FirstRun } from "#components/first-run/first-run-types.ts";
import { Preview } from "#components/first-run/preview.tsx";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { USUAL_WEEK, WeekFields } from "#components/policy/week-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { HoursQuestion as Name } from "#server/domain/first-run.ts";
import { hoursArticles } from "#server/domain/known-hours.ts";
import { WeekHours } from "#server/domain/policy.ts";
import type { AppRouter } from "#server/trpc/root.ts";

type HoursQuestionProps = {
  readonly run: FirstRun;
  readonly question: Name;
  readonly isSkipping: boolean;
  readonly onNext: () => void;
  readonly onSkip: () => void;
};

const WORDS = {
  opening_hours: {
    path: "opening",
    ask: "When can members come in?",
    why: "The hours of the doors, also those without staff.",
    title: "Opening hours",
  },
  staffed_hours: {
    path: "staffed",
    ask: "When is somebody at the front desk?",
    why: "Outside these hours Spotter says who answers, and when.",
    title: "Front desk hours",
  },
} as const;

const ALL_DAY: WeekHours[number] = [{ startMinute: 0, endMinute: 1_440 }];
const ALWAYS: WeekHours = [ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY];

/** A question about hours. They are kept in the rules of the club, which every answer about hours is made from. */
export const HoursQuestion = ({ run, question, ...acts }: HoursQuestionProps) => {
  const { id: clubId } = useClub();
  const { ask, why } = WORDS[question];
  const settings = useQuery(useTRPC().policies.get.queryOptions({ clubId }));
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div>
        <h3 className="text-base font-semibold">{ask}</h3>
        <p className="mt-0.5 text-sm text-ink-3">{why}</p>
      </div>
      {settings.isPending ? <SkeletonRows count={7} label="Loading the hours" /> : null}
      {settings.isError && settings.data === undefined ? (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      ) : null}
      {settings.data === undefined ? null : <HoursForm run={run} question={question} settings={settings.data} {...acts} />}
    </div>
  );
};

type Settings = inferRouterOutputs<AppRouter>["policies"]["get"];

type HoursFormProps = HoursQuestionProps & { readonly settings: Settings };

const HoursForm = ({ question, settings, isSkipping, onNext, onSkip }: HoursFormProps) => {
  const { path, title } = WORDS[question];
  const told = settings.policy.hours[path];
  const [week, setWeek] = useState<WeekHours>(told ?? USUAL_WEEK);
  const publishing = usePublishHours({ settings, question, onNext });
  const isSame = told !== null && JSON.stringify(told) === JSON.stringify(week);
  const isRight = WeekHours.safeParse(week).success;
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      <div className="flex flex-col gap-4">
        <Button size="sm" className="self-start" onClick={() => setWeek(ALWAYS)}>
          Around the clock
        </Button>
        <WeekFields label={title} week={week} isDisabled={publishing.isPending} onChange={setWeek} />
        {isRight ? null : (
          <p role="alert" className="text-sm text-bad-ink">
            Hours end after they start and do not overlap. Split a night at midnight.
          </p>
        )}
        {publishing.isError ? <FailureLine error={publishing.error} /> : null}
        <div className="flex flex-wrap gap-3">
          <Button
            kind="primary"
            size="lg"
            isBusy={publishing.isPending}
            disabled={!isRight}
            onClick={() => (isSame ? onNext() : publishing.publish(week))}
          >
            {isSame ? "Next" : "Publish and go on"}
          </Button>
          {told === null ? (
            <Button kind="quiet" size="lg" isBusy={isSkipping} onClick={onSkip}>
              Skip
            </Button>
          ) : null}
        </div>
      </div>
      <Preview title={title} body={isRight ? sentencesOf(path, week) : ""} facts={[]} place="In the rules of this club, under Agent." />
    </div>
  );
};

/** Publishes the hours as one more version of the club's rules; whatever else the rules say stays. */
const usePublishHours = ({ settings, question, onNext }: Pick<HoursFormProps, "settings" | "question" | "onNext">) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { path, title } = WORDS[question];
  const { document, version } = settings.club;
  const publishing = useMutation(
    trpc.policies.publish.mutationOptions({
      onSuccess: onNext,
      onSettled: () =>
        Promise.all([queryClient.invalidateQueries(trpc.firstRun.pathFilter()), queryClient.invalidateQueries(trpc.policies.pathFilter())]),
    }),
  );
  const publish = (week: WeekHours): void => {
    const hours = { ...document.hours, [path]: week };
    publishing.mutate({
      clubId,
      layer: "club",
      baseVersion: version,
      document: { ...document, hours },
      note: `${title}, as the owner told them.`,
    });
  };
  return { ...publishing, publish };
};

/** The very sentences that answers quote, for a week without holidays. */
const sentencesOf = (path: "opening" | "staffed", week: WeekHours): string => {
  const hours = { opening: null, staffed: null, [path]: week };
  return hoursArticles({ hours, specialDays: [], todayOn: "2026-01-05", languages: ["en"] })
    .map(({ body }) => body)
    .join(" ");
};
