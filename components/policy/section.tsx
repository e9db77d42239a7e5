import type { ReactNode } from "react";

type SectionProps = { readonly id: string; readonly title: string; readonly about?: string; readonly children: ReactNode };

/** One part of the settings; the list beside it leads here. */
export const Section = ({ id, title, about, children }: SectionProps) => (
  <section aria-labelledby={`${id}-title`} id={id} className="scroll-mt-4">
    <h2 id={`${id}-title`} className="text-lg font-semibold">
      {title}
    </h2>
    {about === undefined ? null : <p className="mt-0.5 max-w-[72ch] text-sm text-pretty text-ink-2">{about}</p>}
    <div className="mt-3 overflow-hidden rounded-card border border-line bg-surface">{children}</div>
  </section>
);
