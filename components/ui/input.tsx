import type { ComponentProps } from "react";

import { cn } from "#components/lib/cn.ts";

/** On a phone the text is 16 px: below that, iOS zooms into the field. */
export const controlStyles =
  "w-full rounded-control border border-line-strong/70 bg-raised text-base text-ink placeholder:text-ink-3 hover:border-line-strong focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-bad-ink pointer-coarse:text-lg";

export const Input = ({ className, ...props }: ComponentProps<"input">) => (
  <input className={cn(controlStyles, "h-8 px-2.5 pointer-coarse:h-10", className)} {...props} />
);
