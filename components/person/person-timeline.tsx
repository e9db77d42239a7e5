"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import {
  CalendarCheck,
  CircleCheck,
  CircleDollarSign,
  DoorOpen,
  Footprints,
  Hand,
  History,
  Lock,
  MessageSquare,
  PhoneMissed,
  ScrollText,
  StickyNote,
  Zap,
} from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";

import { useClock } from "#components/lib/clock.tsx";
import { useClub } from "#components/lib/club.tsx";
import { cn } from "#components/lib/cn.ts";
import { formatDay, formatMoment, formatTime } from "#components/lib/format.ts";
import { conversationPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { personParams } from "#components/person/search-params.ts";
import { bodyOf, channelWords, GROUP_LABELS, titleOf } from "#components/person/timeline-words.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { Id } from "#server/domain/ids.ts";
import { TIMELINE_GROUPS, type TimelineEntry, type TimelineGroup, type TimelineKind } from "#server/domain/person-view.ts";
import { visible } from "#server/domain/visible.ts";

/** All that happened with a person, over all channels, newest first. */
export const PersonTimeline = ({ contactId }: { readonly contactId: Id<"contact"> }) => {
  const { id: clubId } = useClub();
  const [{ show }, setParams] = useQueryStates(personParams);
  const story = useInfiniteQuery(
    useTRPC().members.timeline.infiniteQueryOptions({ clubId, contactId, groups: show }, { getNextPageParam: (page) => page.nextCursor }),
  );
  const entries = story.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label="Timeline" className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-base font-semibold">Timeline</h2>
        <GroupFilter show={show} onChange={(next) => void setParams({ show: next })} />
      </div>
      {story.isPending ? <SkeletonRows count={5} label="Loading the timeline" /> : null}
      {story.isError && story.data === undefined ? <ErrorState error={story.error} onRetry={() => void story.refetch()} /> : null}
      {story.isSuccess && entries.length === 0 ? (
        <EmptyState icon={<History />} title={show.length === 0 ? "Nothing has happened yet" : "Nothing of this kind"}>
          Messages, calls, reminders, payments, visits, door events and decisions appear here, whatever system tells of them.
        </EmptyState>
      ) : null}
      <DayGroups entries={entries} />
      {story.hasNextPage ? (
        <Button className="mt-4" isBusy={story.isFetchingNextPage} onClick={() => void story.fetchNextPage()}>
          Load more
        </Button>
      ) : null}
    </section>
  );
};

type GroupFilterProps = { readonly show: readonly TimelineGroup[]; readonly onChange: (show: TimelineGroup[]) => void };

const GroupFilter = ({ onChange, show }: GroupFilterProps) => (
  <div role="group" aria-label="Show only" className="flex flex-wrap gap-1">
    {TIMELINE_GROUPS.map((group) => {
      const isOn = show.includes(group);
      return (
        <button
          key={group}
          type="button"
          aria-pressed={isOn}
          onClick={() => onChange(isOn ? show.filter((other) => other !== group) : [...show, group])}
          className="h-7 rounded-full border border-line px-2.5 text-xs text-ink-2 hover:text-ink aria-pressed:border-transparent aria-pressed:bg-solid aria-pressed:text-on-solid pointer-coarse:h-9"
        >
          {GROUP_LABELS[group]}
        </button>
      );
    })}
  </div>
);

const DayGroups = ({ entries }: { readonly entries: readonly TimelineEntry[] }) => {
  const clock = useClock();
  const days = Map.groupBy(entries, ({ at }) => formatDay(at, clock));
  return [...days].map(([day, ofDay]) => (
    <div key={day} className="mt-4 first:mt-0">
      <h3 className="mb-1.5 text-xs text-ink-3">{day}</h3>
      <ol className="overflow-hidden rounded-card border border-line bg-surface">
        {ofDay.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </div>
  ));
};

const ICONS = {
  message: <MessageSquare />,
  call: <PhoneMissed />,
  note: <StickyNote />,
  event: <Zap />,
  reminder: <CircleDollarSign />,
  payment: <CircleDollarSign />,
  pay_request: <CircleDollarSign />,
  promise: <Hand />,
  hold: <Hand />,
  visit: <Footprints />,
  booking: <CalendarCheck />,
  lock: <Lock />,
  unlock: <DoorOpen />,
  door: <DoorOpen />,
  approval: <CircleCheck />,
  consent: <ScrollText />,
} as const satisfies Record<TimelineKind, ReactNode>;

/** What Spotter itself did bears its colour, as everywhere. */
const isOfSpotter = ({ code, kind }: TimelineEntry): boolean => kind === "message" && code !== "contact" && code !== "staff";

const Entry = ({ entry }: { readonly entry: TimelineEntry }) => {
  const { slug } = useClub();
  const { zone } = useClock();
  const body = bodyOf(entry);
  const isSpotter = isOfSpotter(entry);
  const about = [
    entry.kind === "message" ? channelWords(entry.channelKind) : null,
    entry.by,
    entry.kind === "message" && entry.state === "failed" ? "not sent" : null,
  ];
  return (
    <li className="flex gap-3 border-b border-line px-4 py-2.5 last:border-b-0">
      <span aria-hidden="true" className={cn("mt-0.5 text-ink-3 [&_svg]:size-4", isSpotter && "text-spotter-ink")}>
        {isSpotter ? <SpotterGlyph className="size-4" /> : ICONS[entry.kind]}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
          <span className="font-semibold">{titleOf(entry)}</span>
          <span className="text-xs text-ink-3">{about.filter((part) => part !== null && part !== "").join(", ")}</span>
        </p>
        {body === "" ? null : (
          <p className="line-clamp-4 max-w-[72ch] text-sm break-words whitespace-pre-wrap text-ink-2">{visible(body)}</p>
        )}
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1 text-xs text-ink-3">
        <time dateTime={entry.at.toISOString()} title={formatMoment(entry.at, zone)} className="tabular-nums">
          {formatTime(entry.at, zone)}
        </time>
        {entry.conversationId === null ? null : (
          <Link
            href={conversationPath(slug, entry.conversationId)}
            prefetch={false}
            aria-label={`Open the conversation: ${titleOf(entry)}`}
            className="flex min-h-6 items-center underline underline-offset-2"
          >
            Open
          </Link>
        )}
      </div>
    </li>
  );
};
