import { cn } from "#components/lib/cn.ts";

/** The mark of the agent: a load, and two hands under it. */
export const SpotterGlyph = ({ className }: { readonly className?: string }) => (
  <svg viewBox="0 0 16 16" aria-hidden="true" className={cn("size-4 shrink-0", className)} fill="none">
    <circle cx="8" cy="4.75" r="2.75" fill="currentColor" />
    <path d="M2 8.25c.35 3.1 2.85 5.25 6 5.25s5.65-2.15 6-5.25" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
  </svg>
);
