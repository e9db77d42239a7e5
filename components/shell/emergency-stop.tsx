"use client";

import { OctagonX, Play } from "lucide-react";
import { Suspense, lazy, useState } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

const StopDialog = lazy(async () => ({ default: (await import("#components/shell/stop-dialog.tsx")).StopDialog }));
const ResumeDialog = lazy(async () => ({ default: (await import("#components/shell/resume-dialog.tsx")).ResumeDialog }));

/** Within one click, never by accident: the button only opens the question. */
export const EmergencyStop = () => {
  const { stoppedAt } = useClub();
  const mayStop = useMay("emergency.stop");
  const [isOpen, setIsOpen] = useState(false);
  const [hasOpened, setHasOpened] = useState(false);
  if (!mayStop || (stoppedAt !== null && !hasOpened)) {
    return null;
  }
  const open = () => {
    setHasOpened(true);
    setIsOpen(true);
  };
  return (
    <>
      {stoppedAt === null ? (
        <Button size="sm" onClick={open} className="border-bad-ink/40 text-bad-ink" data-tip="Stops every automatic message of this club">
          <OctagonX aria-hidden="true" />
          <span>
            Stop<span className="max-sm:sr-only"> Spotter</span>
          </span>
        </Button>
      ) : null}
      {hasOpened ? (
        <Suspense fallback={null}>
          <StopDialog isOpen={isOpen} onOpenChange={setIsOpen} />
        </Suspense>
      ) : null}
    </>
  );
};

/** While a club is stopped, every screen says so, since when and why. */
export const StoppedStrip = () => {
  const club = useClub();
  const mayResume = useMay("emergency.stop");
  const [isOpen, setIsOpen] = useState(false);
  if (club.stoppedAt === null) {
    return null;
  }
  return (
    <div role="alert" className="flex items-center gap-3 border-b border-line bg-bad-solid px-4 py-2 text-sm text-on-bad">
      <OctagonX aria-hidden="true" className="size-4 shrink-0" />
      <p className="min-w-0 flex-1">
        <span className="font-semibold">Spotter is stopped for {club.name}</span>, stopped <RelativeTime at={club.stoppedAt} isInSentence />
        {club.stopReason === null ? null : `: ${club.stopReason}`}
      </p>
      {mayResume ? (
        <Button size="sm" onClick={() => setIsOpen(true)}>
          <Play aria-hidden="true" />
          Resume
        </Button>
      ) : null}
      {isOpen ? (
        <Suspense fallback={null}>
          <ResumeDialog isOpen={isOpen} onOpenChange={setIsOpen} />
        </Suspense>
      ) : null}
    </div>
  );
};
