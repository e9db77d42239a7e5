import {
  BookOpen,
  ChartNoAxesColumn,
  ClipboardCheck,
  HeartPulse,
  Inbox,
  MessageCircleQuestion,
  Plug,
  ScrollText,
  Settings,
  SlidersHorizontal,
  UserCog,
  UsersRound,
  Workflow,
} from "lucide-react";
import type { LucideIcon } from "lucide-react";

import type { ClubPage } from "#components/lib/paths.ts";

/** How each page is called and drawn, wherever it is linked. */
export const PAGES = {
  inbox: { label: "Inbox", icon: Inbox },
  approvals: { label: "Approvals", icon: ClipboardCheck },
  dashboard: { label: "Dashboard", icon: ChartNoAxesColumn },
  ask: { label: "Ask", icon: MessageCircleQuestion },
  workflows: { label: "Workflows", icon: Workflow },
  members: { label: "Members", icon: UsersRound },
  agent: { label: "Agent", icon: SlidersHorizontal },
  knowledge: { label: "Knowledge", icon: BookOpen },
  activity: { label: "Activity", icon: ScrollText },
  health: { label: "Health", icon: HeartPulse },
  connections: { label: "Connections", icon: Plug },
  team: { label: "Team", icon: UserCog },
  settings: { label: "Settings", icon: Settings },
} as const satisfies Record<ClubPage, { readonly label: string; readonly icon: LucideIcon }>;

/** What a phone's bar has room for; the rest is behind More. */
export const PHONE_PAGES: readonly ClubPage[] = ["inbox", "approvals", "dashboard"];
