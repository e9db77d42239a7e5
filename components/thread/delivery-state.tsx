import { Check, CheckCheck, CircleAlert, CircleHelp, Clock } from "lucide-react";
import type { LucideIcon } from "lucide-react";

import { cn } from "#components/lib/cn.ts";
import { DELIVERY_LABELS } from "#components/lib/labels.ts";
import type { ThreadMessage } from "#server/domain/inbox-view.ts";
import type { MessageStatus } from "#server/domain/vocabulary.ts";

const ICONS: Readonly<Partial<Record<MessageStatus, LucideIcon>>> = {
  queued: Clock,
  sending: Clock,
  sent: Check,
  delivered: CheckCheck,
  failed: CircleAlert,
  unknown: CircleHelp,
};

const TONES = { neutral: "text-ink-3", warn: "text-warn-ink", bad: "text-bad-ink", good: "text-good-ink", spotter: "text-spotter-ink" };

/** How far an outbound message has come, as an icon and a word. */
export const DeliveryState = ({ status }: Pick<ThreadMessage, "status">) => {
  const delivery = DELIVERY_LABELS[status];
  const Icon = ICONS[status];
  if (delivery === null || Icon === undefined) {
    return null;
  }
  return (
    <span className={cn("inline-flex items-center gap-1", TONES[delivery.tone])}>
      <Icon aria-hidden="true" className="size-3.5" />
      {delivery.label}
    </span>
  );
};

/** What a person has to know about a message that did not simply go out. */
export const DeliveryProblem = ({ message }: { readonly message: ThreadMessage }) => {
  if (message.direction !== "outbound") {
    return null;
  }
  if (message.status === "unknown") {
    return (
      <p className="max-w-[48ch] self-end rounded-control bg-warn-tint px-2.5 py-1.5 text-xs text-warn-ink">
        The vendor did not confirm this message. It may have arrived. Spotter checks with the vendor before anything is sent again.
      </p>
    );
  }
  return message.status === "failed" ? (
    <p className="max-w-[48ch] self-end rounded-control bg-bad-tint px-2.5 py-1.5 text-xs text-bad-ink">
      This message did not go out{message.failureReason === null ? "." : `: ${message.failureReason}`}
    </p>
  ) : null;
};
