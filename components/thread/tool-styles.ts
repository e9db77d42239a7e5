/** What stands below the field of a reply and helps to write it. */
export const toolStyles =
  "flex h-7 items-center gap-1.5 rounded-control px-2 text-xs text-ink-2 transition-colors hover:bg-sunken hover:text-ink aria-expanded:bg-sunken disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 pointer-coarse:h-10 [&_svg]:size-4";
