"use client";

import { CircleDashed, Wifi, WifiOff } from "lucide-react";

import { useClock } from "#components/lib/clock.tsx";
import { useLive } from "#components/lib/club.tsx";
import { formatDuration } from "#components/lib/format.ts";
import type { LiveStatus } from "#components/lib/live-feed.ts";

const STATES = {
  connecting: { label: "Connecting", icon: CircleDashed, tone: "text-ink-3", tip: "Opening the live connection" },
  live: { label: "Live", icon: Wifi, tone: "text-good-ink", tip: "New messages appear by themselves" },
  polling: {
    label: "Reconnecting",
    icon: CircleDashed,
    tone: "text-warn-ink",
    tip: "The live connection is down; the screen is refreshed every 5 seconds",
  },
  offline: { label: "Offline", icon: WifiOff, tone: "text-bad-ink", tip: "The server cannot be reached" },
} as const satisfies Record<LiveStatus, { label: string; icon: unknown; tone: string; tip: string }>;

/** Whether what is on screen is current, in a word. */
export const LiveIndicator = () => {
  const live = useLive();
  const { label, icon: Icon, tone, tip } = STATES[live?.status ?? "connecting"];
  return (
    <p role="status" data-tip={tip} className={`flex items-center gap-1.5 text-xs ${tone}`}>
      <Icon aria-hidden="true" className="size-3.5" />
      <span className="max-sm:sr-only">{label}</span>
    </p>
  );
};

/** Offline shows the age of what is on screen. */
export const OfflineStrip = () => {
  const live = useLive();
  const { now } = useClock();
  if (live?.status !== "offline") {
    return null;
  }
  return (
    <div className="flex items-center gap-2 border-b border-line bg-warn-tint px-4 py-1.5 text-sm text-warn-ink">
      <WifiOff aria-hidden="true" className="size-4 shrink-0" />
      <p>Offline. What you see is {formatDuration(now.getTime() - live.freshAtMs)} old; it refreshes by itself when the server answers.</p>
    </div>
  );
};
