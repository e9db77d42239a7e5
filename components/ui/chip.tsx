import { cva } from "class-variance-authority";
import type { VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";

import { cn } from "#components/lib/cn.ts";

const chipStyles = cva(
  "inline-flex h-5 max-w-full shrink-0 items-center gap-1 rounded-full px-2 text-xs whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-ink-2",
        outline: "border border-line text-ink-2",
        spotter: "bg-spotter-tint text-spotter-ink",
        good: "bg-good-tint text-good-ink",
        warn: "bg-warn-tint text-warn-ink",
        bad: "bg-bad-tint text-bad-ink",
        call: "bg-warn-solid font-semibold text-on-warn",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

type ChipProps = VariantProps<typeof chipStyles> & {
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
};

/** One state in one word. `call` is the loudest thing on the screen and means: a person is needed. */
export const Chip = ({ tone, icon, children, className }: ChipProps) => (
  <span className={cn(chipStyles({ tone }), className)}>
    {icon}
    <span className="truncate">{children}</span>
  </span>
);

/** A count beside a name. Zero is not shown. */
export const Count = ({ value, isCall = false, label }: { readonly value: number; readonly isCall?: boolean; readonly label: string }) =>
  value === 0 ? null : (
    <span
      className={cn(
        "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full px-1 text-xs font-semibold tabular-nums",
        isCall ? "bg-warn-solid text-on-warn" : "bg-sunken text-ink-2",
      )}
    >
      <span aria-hidden="true">{value > MAX_COUNT ? `${MAX_COUNT}+` : value}</span>
      <span className="sr-only">{label}</span>
    </span>
  );

const MAX_COUNT = 999;
