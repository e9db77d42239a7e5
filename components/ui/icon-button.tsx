import type { ComponentProps } from "react";

import { cn } from "#components/lib/cn.ts";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label"> & {
  /** The name of the control, read aloud and shown as its tooltip. */
  readonly label: string;
  /** The key that does the same, shown in the tooltip. */
  readonly hotkey?: string;
};

export const IconButton = ({ label, hotkey, className, ...props }: IconButtonProps) => (
  <button
    type="button"
    aria-label={label}
    data-tip={hotkey === undefined ? label : `${label} · ${hotkey}`}
    className={cn(
      "inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-2 transition-colors hover:bg-sunken hover:text-ink disabled:cursor-not-allowed disabled:opacity-50 aria-expanded:bg-sunken aria-expanded:text-ink pointer-coarse:size-10 [&_svg]:size-4.5",
      className,
    )}
    {...props}
  />
);
