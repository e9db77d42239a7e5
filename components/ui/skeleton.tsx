import { cn } from "#components/lib/cn.ts";

/** The shape of what is coming. It stands still: nothing in this product blinks. */
export const Skeleton = ({ className }: { readonly className?: string }) => (
  <span aria-hidden="true" className={cn("block rounded-control bg-sunken", className)} />
);

/** Rows of a list or table that is still on its way. */
export const SkeletonRows = ({ count, label }: { readonly count: number; readonly label: string }) => (
  <div role="status" aria-label={label} className="animate-arrive [animation-delay:200ms] [animation-fill-mode:backwards]">
    {Array.from({ length: count }, (_, index) => (
      <div key={index} className="flex flex-col gap-2 border-b border-line px-4 py-3.5">
        <Skeleton className="h-3.5 w-2/5" />
        <Skeleton className="h-3 w-4/5" />
      </div>
    ))}
  </div>
);
