"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { formatAddress, formatCalendarDate } from "#components/lib/format.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { DebtDialog } from "#components/past-due/debt-dialog.tsx";
import { questionsFor, type DebtDeed } from "#components/past-due/debt-questions.ts";
import { DebtHolds } from "#components/past-due/debt-holds.tsx";
import { Part, type Ask } from "#components/past-due/debt-part.tsx";
import { DebtNext } from "#components/past-due/debt-next.tsx";
import { DebtTimeline } from "#components/past-due/debt-timeline.tsx";
import { STATE_LABELS, TIER_LABELS, type DebtStory } from "#components/past-due/debt-words.ts";
import { useDebtDeeds, type Target } from "#components/past-due/use-debt-deeds.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Id } from "#server/domain/ids.ts";
import { formatMoney } from "#server/domain/money.ts";

type DebtSheetProps = { readonly contactId: Id<"contact">; readonly onClose: () => void };

/** One debt in one place: how it stands, what comes next and why, what a person may do, and all that happened. */
export const DebtSheet = ({ contactId, onClose }: DebtSheetProps) => {
  const { id: clubId } = useClub();
  const story = useQuery(useTRPC().pastDue.get.queryOptions({ clubId, contactId }));
  return (
    <Sheet isOpen isWide onOpenChange={onClose} title={story.data?.payer.name ?? "Past due"}>
      {story.isPending ? <SkeletonRows count={6} label="Loading the debt" /> : null}
      {story.isError && story.data === undefined ? <ErrorState error={story.error} onRetry={() => void story.refetch()} /> : null}
      {story.data === undefined ? null : <Story story={story.data} />}
    </Sheet>
  );
};

const Story = ({ story }: { readonly story: DebtStory }) => {
  const [asked, setAsked] = useState<{ readonly deed: DebtDeed; readonly target: Target } | null>(null);
  const { contactId } = story.payer;
  const deeds = useDebtDeeds({ onDone: () => setAsked(null) });
  const ask: Ask = (deed, of = {}) => setAsked({ deed, target: { contactId, currency: story.currency, ...of } });
  return (
    <div className="flex flex-col gap-6">
      <Head story={story} />
      <Part title="What comes next">
        <DebtNext steps={story.next} />
      </Part>
      <DebtHolds story={story} ask={ask} />
      <Deeds story={story} ask={ask} />
      <Part title="What happened">
        <DebtTimeline lines={story.timeline} />
      </Part>
      {asked === null ? null : (
        <DebtDialog
          key={asked.deed}
          question={questionsFor(story)[asked.deed]}
          isBusy={deeds.isPending}
          onAnswer={(answer) => deeds.mutate({ ...asked, answer })}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
};

const Head = ({ story }: { readonly story: DebtStory }) => {
  const { attempts, balanceReadAt, currency, daysPastDue, dueMinor, endsAtAttempts, episodeOn, payer, state, tier, trainingMinor } = story;
  return (
    <div className="flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-xl font-semibold tabular-nums">{formatMoney(dueMinor, currency)}</span>
        <Chip tone={STATE_LABELS[state].tone}>{STATE_LABELS[state].label}</Chip>
        {BigInt(dueMinor) > 0n ? <Chip tone="outline">{TIER_LABELS[tier]}</Chip> : null}
      </p>
      <p className="text-sm text-ink-2 tabular-nums">
        {episodeOn === null
          ? "Nothing is owed now."
          : `Owes since ${formatCalendarDate(episodeOn)}, ${daysPastDue} days past due, ${attempts} of ${endsAtAttempts} attempts.`}
        {BigInt(trainingMinor) > 0n ? ` ${formatMoney(trainingMinor, currency)} of it for training.` : ""}
      </p>
      <p className="text-xs text-ink-3">
        {[payer.phone === null ? null : formatAddress(payer.phone), payer.email].filter((part) => part !== null).join(" · ")}
      </p>
      <p className="text-xs text-ink-3">
        {balanceReadAt === null ? (
          "Nobody knows how old this balance is."
        ) : (
          <>
            Balance read <RelativeTime at={balanceReadAt} isInSentence />.
          </>
        )}
      </p>
    </div>
  );
};

/** What stands open is offered once: a dispute that is marked is settled, not marked again. */
const Deeds = ({ ask, story }: { readonly story: DebtStory; readonly ask: Ask }) => {
  const mayNote = useMay("debt.note");
  const mayDecide = useMay("access.decide");
  const isOwing = BigInt(story.dueMinor) > 0n;
  const has = (kind: string): boolean => story.holds.some((hold) => hold.kind === kind);
  return mayNote ? (
    <Part title="Do something">
      <div className="flex flex-wrap gap-2">
        {isOwing && story.state === "reminded" ? <Button onClick={() => ask("remind")}>Send a reminder now</Button> : null}
        {isOwing ? (
          <Button onClick={() => ask("promise")}>{story.promise === null ? "Record a promise" : "Record another promise"}</Button>
        ) : null}
        <Button onClick={() => ask("pause")}>Pause</Button>
        {has("dispute") ? null : <Button onClick={() => ask("dispute")}>Mark as disputed</Button>}
        {isOwing ? <Button onClick={() => ask("call")}>Log a call</Button> : null}
        {mayDecide && !has("exemption") ? <Button onClick={() => ask("exempt")}>Exempt from locking</Button> : null}
      </div>
    </Part>
  ) : null;
};
