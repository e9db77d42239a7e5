import { cva } from "class-variance-authority";
import type { VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";

import { cn } from "#components/lib/cn.ts";

export const buttonStyles = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control border font-semibold whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      kind: {
        primary: "border-transparent bg-solid text-on-solid enabled:hover:bg-solid-hover",
        secondary: "border-line-strong/60 bg-raised text-ink enabled:hover:bg-sunken",
        quiet: "border-transparent bg-transparent text-ink-2 enabled:hover:bg-sunken enabled:hover:text-ink",
        danger: "border-transparent bg-bad-solid text-on-bad enabled:hover:brightness-110",
      },
      size: {
        sm: "h-7 px-2.5 text-xs pointer-coarse:h-9",
        md: "h-8 px-3 text-sm pointer-coarse:h-10",
        lg: "h-10 px-4 text-base pointer-coarse:h-11",
      },
    },
    defaultVariants: { kind: "secondary", size: "md" },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonStyles> & { readonly isBusy?: boolean };

/** `isBusy` keeps the label and the width, so that nothing jumps while the server answers. */
export const Button = ({ kind, size, isBusy = false, className, disabled, ...props }: ButtonProps) => (
  <button
    type="button"
    aria-busy={isBusy}
    disabled={disabled === true || isBusy}
    className={cn(buttonStyles({ kind, size }), className)}
    {...props}
  />
);
