import type { ComponentProps } from "react";

import { cn } from "#components/lib/cn.ts";
import { controlStyles } from "#components/ui/input.tsx";

/** Grows with its text up to a third of the screen. */
export const TextArea = ({ className, ...props }: ComponentProps<"textarea">) => (
  <textarea
    rows={2}
    className={cn(controlStyles, "field-sizing-content max-h-[33dvh] min-h-16 resize-none px-3 py-2", className)}
    {...props}
  />
);
