"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck } from "lucide-react";

import { LedgerCheck } from "#components/activity/ledger-check.tsx";
import { useClub, useLive } from "#components/lib/club.tsx";
import type { LiveStatus } from "#components/lib/live-feed.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Panel } from "#components/ui/page.tsx";
import type { AlertCard } from "#server/domain/inbox-view.ts";

/** Spotter's own parts. Their state is what the open alerts and this browser's connection say, nothing more. */
export const MachineryList = () => {
  const { id: clubId } = useClub();
  const alerts = useQuery(useTRPC().alerts.list.queryOptions({ clubId }));
  const live = useLive();
  return (
    <div>
      <h2 className="mb-2 text-base font-semibold">Spotter itself</h2>
      <Panel label="Spotter itself">
        <ul>
          {alerts.data === undefined
            ? null
            : PARTS.map((part) => <Part key={part.name} name={part.name} {...stateOf(part, alerts.data)} />)}
          <li className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2 text-sm">
            <span className="w-39 shrink-0 pl-7 font-semibold">Ledger</span>
            <LedgerCheck />
          </li>
          <Part name="Live updates" isGood={live?.status === "live"} text={LIVE_TEXTS[live?.status ?? "connecting"]} />
        </ul>
      </Panel>
    </div>
  );
};

const LIVE_TEXTS = {
  connecting: "Opening the live connection",
  live: "This screen hears of news at once",
  polling: "The live connection is down; this screen asks for news every 5 seconds",
  offline: "The server cannot be reached",
} as const satisfies Record<LiveStatus, string>;

type PartOfSpotter = { readonly name: string; readonly kinds: readonly AlertCard["kind"][]; readonly calm: string };

const PARTS: readonly PartOfSpotter[] = [
  { name: "Engine", kinds: ["engine_silent"], calm: "No open alert" },
  { name: "Model", kinds: ["model_failing", "budget_spent"], calm: "No open alert" },
  { name: "Sending", kinds: ["effect_unknown", "effect_failed"], calm: "No unconfirmed or failed send" },
];

const stateOf = ({ kinds, calm }: PartOfSpotter, alerts: readonly AlertCard[]) => {
  const open = alerts.find((alert) => kinds.includes(alert.kind));
  return { isGood: open === undefined, text: open?.title ?? calm };
};

const Part = ({ name, isGood, text }: { readonly name: string; readonly isGood: boolean; readonly text: string }) => (
  <li className="flex items-center gap-3 border-b border-line px-4 py-3 text-sm last:border-b-0">
    {isGood ? (
      <CircleCheck aria-label="Good" role="img" className="size-4 shrink-0 text-good-ink" />
    ) : (
      <CircleAlert aria-label="Not good" role="img" className="size-4 shrink-0 text-warn-ink" />
    )}
    <span className="w-32 shrink-0 font-semibold">{name}</span>
    <span className="text-ink-2">{text}</span>
  </li>
);
