"use client";

import { CircleCheck, Inbox } from "lucide-react";

import { Sample } from "#components/gallery/sample.tsx";
import { useClock } from "#components/lib/clock.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { BrokenPage } from "#components/ui/broken-page.tsx";
import { Chip, Count } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import { ThresholdMeter } from "#components/ui/threshold-meter.tsx";

const TONES = ["neutral", "outline", "spotter", "good", "warn", "bad", "call"] as const;
const AGES_MS = [0, 4 * 60_000, 3 * 3_600_000, 40 * 86_400_000];

const nothing = () => {};

export const StateSamples = () => {
  const { now } = useClock();
  return (
    <>
      <Sample name="Chip">
        {TONES.map((tone) => (
          <Chip key={tone} tone={tone} icon={<CircleCheck aria-hidden="true" />}>
            {tone}
          </Chip>
        ))}
      </Sample>
      <Sample name="Count, Avatar, SpotterGlyph">
        <Count value={3} label="3 unread" />
        <Count value={12} isCall label="12 need you" />
        <Count value={4_000} label="4000 unread" />
        <Avatar name="Wren Ashdown" />
        <Avatar name="+13035550123" />
        <SpotterGlyph className="size-6 text-spotter-ink" />
      </Sample>
      <Sample name="RelativeTime">
        {AGES_MS.map((ageMs) => (
          <RelativeTime key={ageMs} at={new Date(now.getTime() - ageMs)} className="text-sm" />
        ))}
      </Sample>
      <Sample name="ThresholdMeter">
        <div className="w-full">
          <ThresholdMeter label="Confidence, enough" value={0.94} threshold={0.8} />
          <ThresholdMeter label="Confidence, too little" value={0.41} threshold={0.8} />
        </div>
      </Sample>
      <Sample name="Skeleton, SkeletonRows">
        <Skeleton className="h-5 w-40" />
        <div className="w-full">
          <SkeletonRows count={2} label="Loading, as a sample" />
        </div>
      </Sample>
      <Panel label="EmptyState">
        <EmptyState icon={<Inbox />} title="No open conversations">
          Every message that reaches the club appears here.
        </EmptyState>
      </Panel>
      <Panel label="ErrorState">
        <ErrorState error={new TypeError("fetch failed")} onRetry={nothing} />
      </Panel>
      <Panel label="BrokenPage">
        <BrokenPage onRetry={nothing} />
      </Panel>
    </>
  );
};
