"use client";

import { Menu as MenuIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Suspense, lazy, useState } from "react";

import { cn } from "#components/lib/cn.ts";
import { clubPath } from "#components/lib/paths.ts";
import type { ClubPage } from "#components/lib/paths.ts";
import { PAGES, PHONE_PAGES } from "#components/shell/pages.ts";
import { usePages } from "#components/shell/use-pages.ts";
import { Count } from "#components/ui/chip.tsx";

const MoreSheet = lazy(async () => ({ default: (await import("#components/shell/more-sheet.tsx")).MoreSheet }));

type NavProps = {
  readonly slug: string;
  /** How many items of a page wait for a person. */
  readonly waiting: Readonly<Partial<Record<ClubPage, number>>>;
};

const entryStyles =
  "relative flex h-14 min-w-17 flex-1 flex-col items-center justify-center gap-1 rounded-card text-xs text-ink-2 transition-colors hover:bg-sunken hover:text-ink focus-visible:-outline-offset-2 md:flex-none";

/** The pages that exist: a rail on the left; on a phone a bar at the bottom with the daily ones, and the rest behind More. */
export const Nav = ({ slug, waiting }: NavProps) => {
  const pathname = usePathname();
  const [isMoreOpen, setIsMoreOpen] = useState(false);
  const pages = usePages();
  const current = pages.find((page) => pathname === clubPath(slug, page) || pathname.startsWith(`${clubPath(slug, page)}/`));
  const isCurrentInMore = current !== undefined && !PHONE_PAGES.includes(current);
  return (
    <nav
      aria-label="Pages"
      data-bottom-bar
      className="order-last flex shrink-0 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:order-first md:w-21 md:flex-col md:gap-1 md:overflow-y-auto md:border-t-0 md:border-r md:p-1.5"
    >
      {pages.map((page) => (
        <NavEntry key={page} page={page} slug={slug} isCurrent={page === current} count={waiting[page] ?? 0} />
      ))}
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isMoreOpen}
        aria-current={isCurrentInMore ? "page" : undefined}
        onClick={() => setIsMoreOpen(true)}
        className={cn(entryStyles, "md:hidden", isCurrentInMore && "font-semibold text-ink")}
      >
        <MenuIcon aria-hidden="true" className="size-5" strokeWidth={isCurrentInMore ? 2.25 : 1.75} />
        More
      </button>
      {isMoreOpen ? (
        <Suspense fallback={null}>
          <MoreSheet
            slug={slug}
            pages={pages.filter((page) => !PHONE_PAGES.includes(page))}
            current={current}
            onClose={() => setIsMoreOpen(false)}
          />
        </Suspense>
      ) : null}
    </nav>
  );
};

type NavEntryProps = { readonly page: ClubPage; readonly slug: string; readonly isCurrent: boolean; readonly count: number };

const NavEntry = ({ page, slug, isCurrent, count }: NavEntryProps) => {
  const { label, icon: Icon } = PAGES[page];
  return (
    <Link
      href={clubPath(slug, page)}
      aria-current={isCurrent ? "page" : undefined}
      className={cn(entryStyles, isCurrent && "font-semibold text-ink md:bg-sunken", !PHONE_PAGES.includes(page) && "max-md:hidden")}
    >
      <Icon aria-hidden="true" className="size-5" strokeWidth={isCurrent ? 2.25 : 1.75} />
      <span>{label}</span>
      <span className="absolute top-1 left-1/2 ml-1.5">
        <Count value={count} isCall label={`, ${count} waiting`} />
      </span>
    </Link>
  );
};
