import type { ReactNode } from "react";

/** A bordered card beside the story. */
export const Card = ({ aside, children, title }: { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode }) => (
  <section aria-label={title} className="rounded-card border border-line bg-surface p-4">
    <div className="mb-2 flex min-h-7 items-center justify-between gap-2">
      <h2 className="text-base font-semibold">{title}</h2>
      {aside}
    </div>
    {children}
  </section>
);
