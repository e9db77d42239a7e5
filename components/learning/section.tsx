import type { ReactNode } from "react";

import { Panel } from "#components/ui/page.tsx";

type SectionProps = { readonly title: string; readonly about: string; readonly children: ReactNode };

/** One part of the page: what it is about, and its list. */
export const Section = ({ title, about, children }: SectionProps) => (
  <section aria-label={title} className="flex flex-col gap-2">
    <div>
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="max-w-[72ch] text-sm text-ink-2">{about}</p>
    </div>
    <Panel label={`${title}, list`}>{children}</Panel>
  </section>
);

/** A list with nothing in it says what will be there. */
export const Nothing = ({ children }: { readonly children: ReactNode }) => <p className="px-4 py-5 text-sm text-ink-3">{children}</p>;
