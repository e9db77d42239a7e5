"use client";

import { Info, OctagonAlert, TriangleAlert } from "lucide-react";
import Link from "next/link";

import { useClub, useMay } from "#components/lib/club.tsx";
import { ALERT_LABELS } from "#components/lib/labels.ts";
import { conversationPath, learningPath } from "#components/lib/paths.ts";
import { useAcknowledgeAlert, useResolveAlert } from "#components/lib/use-resolve-alert.ts";
import { Button, buttonStyles } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { AlertCard as Alert } from "#server/domain/inbox-view.ts";

const SEVERITIES = {
  critical: { label: "Critical", icon: OctagonAlert, tone: "text-bad-ink" },
  warning: { label: "Warning", icon: TriangleAlert, tone: "text-warn-ink" },
  info: { label: "For information", icon: Info, tone: "text-ink-2" },
} as const satisfies Record<Alert["severity"], { label: string; icon: unknown; tone: string }>;

/** One thing that went wrong, where to look, and how to put it away. */
export const AlertCard = ({ alert }: { readonly alert: Alert }) => {
  const { slug } = useClub();
  const mayResolve = useMay("alert.resolve");
  const resolve = useResolveAlert();
  const acknowledge = useAcknowledgeAlert();
  const { label, icon: Icon, tone } = SEVERITIES[alert.severity];
  return (
    <li className="flex gap-3 border-b border-line px-4 py-3 last:border-b-0">
      <Icon aria-label={label} className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-0 flex-1">
        <p className="text-sm font-semibold">{alert.title}</p>
        <p className="text-sm break-words text-ink-2">{alert.detail}</p>
        <p className="mt-1 text-xs text-ink-3">
          {ALERT_LABELS[alert.kind]} · opened <RelativeTime at={alert.openedAt} isInSentence />
          {alert.count > 1 ? ` · ${alert.count} times` : null}
          {alert.acknowledgedBy === null ? null : ` · ${alert.acknowledgedBy} has it`}
        </p>
        <div className="mt-2 flex gap-2">
          {alert.conversationId === null ? null : (
            <Link href={conversationPath(slug, alert.conversationId)} className={buttonStyles({ size: "sm" })}>
              Open conversation
            </Link>
          )}
          {alert.kind === "stage_offered" || alert.kind === "stage_lowered" ? (
            <Link href={learningPath(slug)} className={buttonStyles({ size: "sm" })}>
              See the evidence
            </Link>
          ) : null}
          {mayResolve && alert.kind === "emergency" && alert.acknowledgedBy === null ? (
            <Button size="sm" isBusy={acknowledge.isPending} onClick={() => acknowledge.mutate(alert.id)}>
              I have it
            </Button>
          ) : null}
          {mayResolve ? (
            <Button size="sm" kind="quiet" isBusy={resolve.isPending} onClick={() => resolve.mutate(alert.id)}>
              Mark as done
            </Button>
          ) : null}
        </div>
      </div>
    </li>
  );
};
