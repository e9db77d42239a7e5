import { CircleCheck, Hand, Moon, PenLine, UserRound } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

import { conversationState } from "#components/lib/labels.ts";
import type { ConversationState } from "#components/lib/labels.ts";
import { Chip } from "#components/ui/chip.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { ConversationRow } from "#server/domain/inbox-view.ts";

type Look = { readonly label: string; readonly tone: ComponentProps<typeof Chip>["tone"]; readonly icon: ReactNode };

const LOOKS = {
  escalation: { label: "Needs you", tone: "call", icon: <Hand aria-hidden="true" /> },
  approval: { label: "Draft to approve", tone: "warn", icon: <PenLine aria-hidden="true" /> },
  resolved: { label: "Resolved", tone: "neutral", icon: <CircleCheck aria-hidden="true" /> },
  snoozed: { label: "Snoozed", tone: "neutral", icon: <Moon aria-hidden="true" /> },
  agent: { label: "Spotter", tone: "spotter", icon: <SpotterGlyph /> },
  staff: { label: "Staff", tone: "outline", icon: <UserRound aria-hidden="true" /> },
} as const satisfies Record<ConversationState, Look>;

/** The one state of a conversation. In the hands of a person it carries the person's name. */
export const StateChip = ({ row }: { readonly row: ConversationRow }) => {
  const state = conversationState(row);
  const { label, tone, icon } = LOOKS[state];
  return (
    <Chip tone={tone} icon={icon} className="max-w-44">
      {state === "staff" ? (row.ownerName ?? label) : label}
    </Chip>
  );
};
