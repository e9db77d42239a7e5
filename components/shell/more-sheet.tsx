"use client";

import Link from "next/link";

import { cn } from "#components/lib/cn.ts";
import { clubPath } from "#components/lib/paths.ts";
import type { ClubPage } from "#components/lib/paths.ts";
import { PAGES } from "#components/shell/pages.ts";
import { Sheet } from "#components/ui/sheet.tsx";

type MoreSheetProps = {
  readonly slug: string;
  readonly pages: readonly ClubPage[];
  readonly current: ClubPage | undefined;
  readonly onClose: () => void;
};

/** The pages a phone's bar has no room for. */
export const MoreSheet = ({ slug, pages, current, onClose }: MoreSheetProps) => (
  <Sheet isOpen onOpenChange={(isOpen) => (isOpen ? undefined : onClose())} title="More">
    <ul className="-m-2 flex flex-col">
      {pages.map((page) => {
        const { label, icon: Icon } = PAGES[page];
        return (
          <li key={page}>
            <Link
              href={clubPath(slug, page)}
              aria-current={page === current ? "page" : undefined}
              onClick={onClose}
              className={cn(
                "flex h-12 items-center gap-3 rounded-control px-3 text-base transition-colors hover:bg-sunken",
                page === current && "bg-sunken font-semibold",
              )}
            >
              <Icon aria-hidden="true" className="size-5 text-ink-2" />
              {label}
            </Link>
          </li>
        );
      })}
    </ul>
  </Sheet>
);
