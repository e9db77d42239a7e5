import type { ReactNode } from "react";

export const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section aria-label={title} className="border-t border-line px-4 py-3.5">
    <h3 className="mb-2 text-xs text-ink-3">{title}</h3>
    {children}
  </section>
);

/** A label and its value on one line. */
export const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className="flex items-baseline justify-between gap-4 py-1 text-sm">
    <dt className="shrink-0 text-ink-2">{label}</dt>
    <dd className="min-w-0 text-right break-words">{children}</dd>
  </div>
);
