"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import Link from "next/link";

import { useZone } from "#components/lib/clock.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { formatTime } from "#components/lib/format.ts";
import { conversationQueries, refresh } from "#components/lib/news-queries.ts";
import { conversationPath } from "#components/lib/paths.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/toast.tsx";
import { dayText } from "#server/domain/calendar-date.ts";
import type { AppRouter } from "#server/trpc/root.ts";

type LeftItem = NonNullable<inferRouterOutputs<AppRouter>["conversations"]["leftAtClosing"]>["items"][number];

/** What staff held and left unanswered when the desk closed: for the next shift, or back to Spotter. Nothing where nobody waits. */
export const LeftAtClosing = () => {
  const { id: clubId, slug } = useClub();
  const left = useQuery(useTRPC().conversations.leftAtClosing.queryOptions({ clubId }));
  const client = useTRPCClient();
  const mayDecide = useMay("conversation.take");
  const change = useLeftChange();
  if (left.data == null) {
    return null;
  }
  const { closedAt, isSettled, items, onDate } = left.data;
  const undecided = items.filter(({ state }) => state !== "kept");
  return (
    <section aria-label="Left at closing" className="rounded-control border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div>
          <h2 className="text-base font-semibold">Left at closing</h2>
          <p className="text-sm text-ink-2">
            <ClosedAt onDate={onDate} closedAt={closedAt} />{" "}
            {isSettled
              ? "What nobody decided stays with the next shift."
              : "What nobody decides within 30 minutes stays with the next shift."}
          </p>
        </div>
        {mayDecide && undecided.length > 1 ? (
          <Button
            size="sm"
            isBusy={change.isPending}
            onClick={() =>
              change.mutate({ done: "All given to Spotter", act: () => client.conversations.giveBackAllLeft.mutate({ clubId }) })
            }
          >
            All to Spotter
          </Button>
        ) : null}
      </div>
      <ul className="mt-2 flex flex-col divide-y divide-line">
        {items.map((item) => (
          <li key={item.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5">
            <div className="min-w-0 flex-1 basis-56">
              <Link href={conversationPath(slug, item.conversationId)} className="text-sm font-semibold underline">
                {item.contactName}
              </Link>
              <p className="truncate text-sm text-ink-2">{item.preview}</p>
              <p className="text-xs text-ink-3">{stateText(item)}</p>
            </div>
            {mayDecide ? <Choices item={item} change={change} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
};

const ClosedAt = ({ closedAt, onDate }: { readonly closedAt: Date; readonly onDate: string }) => (
  <>
    The desk closed on {dayText(onDate)} at {formatTime(closedAt, useZone())}.
  </>
);

const stateText = ({ decidedBy, isTold, state }: LeftItem): string => {
  const who = {
    open: "Nobody has decided yet",
    kept: `Kept for the next shift by ${decidedBy ?? "somebody"}`,
    left: "With the next shift",
  }[state];
  return isTold ? `${who}; was told when somebody answers` : who;
};

type ChoicesProps = { readonly item: LeftItem; readonly change: ReturnType<typeof useLeftChange> };

const Choices = ({ change, item }: ChoicesProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const input = { clubId, itemId: item.id };
  return (
    <span className="flex flex-wrap gap-2">
      {item.state === "open" ? (
        <Button
          size="sm"
          aria-label={`Keep ${item.contactName} for the next shift`}
          isBusy={change.isPending}
          onClick={() => change.mutate({ done: "Kept for the next shift", act: () => client.conversations.keepLeft.mutate(input) })}
        >
          Keep for the next shift
        </Button>
      ) : null}
      <Button
        size="sm"
        kind="quiet"
        aria-label={`Give ${item.contactName} back to Spotter`}
        isBusy={change.isPending}
        onClick={() => change.mutate({ done: "Given back to Spotter", act: () => client.conversations.giveBackLeft.mutate(input) })}
      >
        Give back to Spotter
      </Button>
    </span>
  );
};

type Change = { readonly act: () => Promise<unknown>; readonly done: string };

const useLeftChange = () => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ act }: Change) => act(),
    onSuccess: (_result, { done }) => notify({ tone: "good", title: done }),
    onSettled: () => refresh(queryClient, conversationQueries(trpc, null)),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
};
