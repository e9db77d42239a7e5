"use client";

import {
  BookOpen,
  ClipboardCheck,
  HeartPulse,
  Inbox,
  MessageCircleQuestion,
  Plug,
  ScrollText,
  SlidersHorizontal,
  UserCog,
  UsersRound,
  Workflow,
} from "lucide-react";
import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

import { cn } from "#components/lib/cn.ts";
import { useMay } from "#components/lib/club.tsx";
import { CLUB_PAGES, clubPath } from "#components/lib/paths.ts";
import type { ClubPage } from "#components/lib/paths.ts";
import { Count } from "#components/ui/chip.tsx";

const PAGES = {
  inbox: { label: "Inbox", icon: Inbox },
  approvals: { label: "Approvals", icon: ClipboardCheck },
  ask: { label: "Ask", icon: MessageCircleQuestion },
  workflows: { label: "Workflows", icon: Workflow },
  members: { label: "Members", icon: UsersRound },
  agent: { label: "Agent", icon: SlidersHorizontal },
  knowledge: { label: "Knowledge", icon: BookOpen },
  activity: { label: "Activity", icon: ScrollText },
  health: { label: "Health", icon: HeartPulse },
  connections: { label: "Connections", icon: Plug },
  team: { label: "Team", icon: UserCog },
} as const satisfies Record<ClubPage, { readonly label: string; readonly icon: LucideIcon }>;

/** Pages for which a phone's bar has no room: each is reached from another one. */
const RAIL_ONLY: ReadonlySet<ClubPage> = new Set(["connections"]);

type NavProps = {
  readonly slug: string;
  /** How many items of a page wait for a person. */
  readonly waiting: Readonly<Partial<Record<ClubPage, number>>>;
};

/** The pages that exist: a rail on the left, a bar at the bottom of a phone. */
export const Nav = ({ slug, waiting }: NavProps) => {
  const pathname = usePathname();
  const mayAsk = useMay("ask.use");
  return (
    <nav
      aria-label="Pages"
      data-bottom-bar
      className="order-last flex shrink-0 [scrollbar-width:none] border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] max-md:overflow-x-auto md:order-first md:w-21 md:flex-col md:gap-1 md:border-t-0 md:border-r md:p-1.5"
    >
      {CLUB_PAGES.filter((page) => page !== "ask" || mayAsk).map((page) => {
        const { label, icon: Icon } = PAGES[page];
        const href = clubPath(slug, page);
        const isCurrent = pathname === href || pathname.startsWith(`${href}/`);
        const count = waiting[page] ?? 0;
        return (
          <Link
            key={page}
            href={href}
            aria-current={isCurrent ? "page" : undefined}
            className={cn(
              "relative flex h-14 min-w-17 flex-1 flex-col items-center justify-center gap-1 rounded-card text-xs text-ink-2 transition-colors hover:bg-sunken hover:text-ink focus-visible:-outline-offset-2 md:flex-none",
              isCurrent && "font-semibold text-ink md:bg-sunken",
              RAIL_ONLY.has(page) && "max-md:hidden",
            )}
          >
            <Icon aria-hidden="true" className="size-5" strokeWidth={isCurrent ? 2.25 : 1.75} />
            <span>{label}</span>
            <span className="absolute top-1 left-1/2 ml-1.5">
              <Count value={count} isCall label={`, ${count} waiting`} />
            </span>
          </Link>
        );
      })}
    </nav>
  );
};
