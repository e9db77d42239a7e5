import { Building2, Mail, MessageSquare } from "lucide-react";
import type { LucideIcon } from "lucide-react";

import { CHANNEL_LABELS } from "#components/lib/labels.ts";
import type { ChannelKind } from "#server/domain/vocabulary.ts";

const ICONS = { sms: MessageSquare, email: Mail, clubos: Building2 } as const satisfies Record<ChannelKind, LucideIcon>;

/** How a message travels: an icon, and its name for those who do not see it. */
export const ChannelIcon = ({ kind, className }: { readonly kind: ChannelKind; readonly className?: string }) => {
  const Icon = ICONS[kind];
  return <Icon aria-label={CHANNEL_LABELS[kind]} role="img" className={className ?? "size-3.5"} />;
};
