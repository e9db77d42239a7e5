import { ArrowRight, CircleMinus, CirclePause, Hourglass } from "lucide-react";

import type { NextStep } from "#server/domain/past-due/next-steps.ts";

const ICONS = {
  next: <ArrowRight className="text-spotter-ink" />,
  paused: <CirclePause className="text-warn-ink" />,
  waits: <Hourglass className="text-ink-3" />,
  none: <CircleMinus className="text-ink-3" />,
} as const;

/** What Spotter does next about a debt, and why, in whole sentences. */
export const DebtNext = ({ steps }: { readonly steps: readonly NextStep[] }) => (
  <ul className="flex flex-col gap-2">
    {steps.map(({ kind, text }) => (
      <li key={text} className="flex gap-2.5 text-sm">
        <span aria-hidden="true" className="mt-0.5 shrink-0 [&_svg]:size-4">
          {ICONS[kind]}
        </span>
        <span className={kind === "none" ? "text-ink-2" : undefined}>{text}</span>
      </li>
    ))}
  </ul>
);
