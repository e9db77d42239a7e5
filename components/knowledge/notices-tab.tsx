"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";

import { sentenceOf } from "#components/lib/sentence-of.ts";
import type { NoticeItem } from "#components/knowledge/knowledge-types.ts";
import { SpecialDays } from "#components/knowledge/special-days.tsx";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClock } from "#components/lib/clock.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { formatCalendarDate } from "#components/lib/format.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { todayIn } from "#server/domain/calendar-date.ts";
import { NoticeContent, noticeEnds } from "#server/domain/known-hours.ts";

/** What is different for a while, and the days with hours of their own. */
export const NoticesTab = () => (
  <div className="grid lg:grid-cols-2 lg:divide-x lg:divide-line">
    <section aria-labelledby="notices-title" className="flex flex-col gap-4 p-4 max-lg:border-b max-lg:border-line">
      <div>
        <h2 id="notices-title" className="text-base font-semibold">
          Notices
        </h2>
        <p className="text-sm text-ink-2">Said from the next answer on, and gone by themselves after their last day.</p>
      </div>
      <NoticeForm />
      <NoticeList />
    </section>
    <SpecialDays />
  </div>
);

const NoticeForm = () => {
  const { id: clubId } = useClub();
  const { now, zone } = useClock();
  const client = useTRPCClient();
  const mayPost = useMay("knowledge.stop");
  const ends = noticeEnds(todayIn(zone, now));
  const form = useForm<NoticeContent>({
    defaultValues: { text: "", untilOn: todayIn(zone, now) },
    resolver: zodResolver(NoticeContent),
  });
  const posting = useKnowledgeChange({
    change: (notice: NoticeContent) => client.notices.create.mutate({ clubId, ...notice }),
    done: "Posted. Spotter says it from now on",
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit((notice) => posting.mutate(notice, { onSuccess: () => form.resetField("text") }));
  if (!mayPost) {
    return null;
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <fieldset disabled={posting.isPending} className="flex flex-col gap-3">
        <Field label="What is different" error={sentenceOf(errors.text?.message)}>
          {(control) => (
            <Input {...control} {...form.register("text")} placeholder="The pool is closed" autoComplete="off" className="h-10" />
          )}
        </Field>
        <Controller
          control={form.control}
          name="untilOn"
          render={({ field }) => (
            <div className="flex flex-wrap items-center gap-2">
              <SegmentedControl
                label="Until"
                options={ends.map(({ label, untilOn }) => ({ value: untilOn, label }))}
                value={field.value}
                onChange={field.onChange}
              />
              <Input
                type="date"
                aria-label="Until another day"
                value={field.value}
                min={ends[0]?.untilOn}
                onChange={({ target }) => field.onChange(target.value)}
                className="w-36"
              />
              <Button type="submit" kind="primary" isBusy={posting.isPending}>
                Post
              </Button>
            </div>
          )}
        />
        {errors.untilOn === undefined ? null : <p className="text-xs text-bad-ink">{sentenceOf(errors.untilOn.message)}</p>}
      </fieldset>
    </form>
  );
};

const NoticeList = () => {
  const { id: clubId } = useClub();
  const notices = useQuery(useTRPC().notices.list.queryOptions({ clubId }));
  return (
    <>
      {notices.isPending ? <SkeletonRows count={2} label="Loading notices" /> : null}
      {notices.isError && notices.data === undefined ? <ErrorState error={notices.error} onRetry={() => void notices.refetch()} /> : null}
      {notices.data?.length === 0 ? <p className="text-sm text-ink-3">Nothing is different right now.</p> : null}
      <ul aria-label="Current notices" className="flex flex-col gap-2">
        {notices.data?.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} />
        ))}
      </ul>
    </>
  );
};

const NoticeLine = ({ notice }: { readonly notice: NoticeItem }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const mayEnd = useMay("knowledge.stop");
  const ending = useKnowledgeChange({
    change: () => client.notices.end.mutate({ clubId, noticeId: notice.id }),
    done: "The notice has ended",
  });
  return (
    <li className="flex flex-wrap items-center gap-3 rounded-card border border-line p-3">
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-base break-words">{notice.text}</p>
        <p className="text-xs text-ink-3">
          until {formatCalendarDate(notice.untilOn)} · {notice.createdBy ?? "somebody"}, <RelativeTime at={notice.createdAt} isInSentence />
        </p>
      </div>
      {mayEnd ? (
        <Button size="sm" isBusy={ending.isPending} onClick={() => ending.mutate(undefined)} aria-label={`End the notice “${notice.text}”`}>
          End it
        </Button>
      ) : null}
    </li>
  );
};
