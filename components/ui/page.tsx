import type { ReactNode } from "react";

type PageProps = { readonly title: string; readonly about: string; readonly aside?: ReactNode; readonly children: ReactNode };

/** A page that is read from top to bottom, unlike the inbox. */
export const Page = ({ title, about, aside, children }: PageProps) => (
  // Without a tab stop a page that has nothing to press could not be scrolled by keyboard. It is positioned so that
  // what is hidden for readers of the screen counts to its height and not to the document's.
  <div tabIndex={0} role="group" aria-label={title} className="relative h-full overflow-y-auto focus-visible:-outline-offset-2">
    <div className="mx-auto flex min-h-full max-w-280 flex-col px-4 py-6 md:px-8 md:py-8">
      <header className="mb-6 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="text-xl font-semibold">{title}</h1>
          <p className="mt-1 max-w-[72ch] text-sm text-pretty text-ink-2">{about}</p>
        </div>
        {aside}
      </header>
      {children}
    </div>
  </div>
);

/** A bordered surface on such a page. */
export const Panel = ({ children, label }: { readonly children: ReactNode; readonly label: string }) => (
  <section aria-label={label} className="overflow-hidden rounded-card border border-line bg-surface">
    {children}
  </section>
);
