import { ArrowDown, ArrowUp } from "lucide-react";

import type { Change } from "#server/domain/metrics/figure-words.ts";
import { cn } from "#components/lib/cn.ts";
import type { Trend } from "#server/domain/metrics/definitions.ts";

const TONES = { better: "text-good-ink", worse: "text-bad-ink", same: "text-ink-3", unknown: "text-ink-2" } as const satisfies Record<
  Trend,
  string
>;
const WORDS = { better: "better", worse: "worse", same: "", unknown: "" } as const satisfies Record<Trend, string>;
const ICONS = { up: ArrowUp, down: ArrowDown, even: null } as const;

type ChangeMarkProps = {
  readonly change: Change | null;
  /** In a table: nothing to compare is a dash there. */
  readonly isShort?: boolean;
};

/** How a number moved against the period before: colour only together with an arrow and a word. */
export const ChangeMark = ({ change, isShort = false }: ChangeMarkProps) => {
  if (change === null) {
    return (
      <span className="text-xs text-ink-3">
        {isShort ? <span aria-hidden="true">–</span> : null}
        <span className={isShort ? "sr-only" : undefined}>nothing to compare</span>
      </span>
    );
  }
  const Icon = ICONS[change.direction];
  return (
    <span className={cn("inline-flex items-center gap-0.5 text-xs whitespace-nowrap tabular-nums", TONES[change.trend])}>
      {Icon === null ? null : <Icon aria-hidden="true" className="size-3" />}
      {change.text}
      <span className="sr-only">{WORDS[change.trend]}</span>
    </span>
  );
};
