"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { NotificationList } from "#components/notifications/notification-list.tsx";
import { AlertCard } from "#components/shell/alert-card.tsx";
import { Count } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";

type View = "mine" | "alerts";

/** What I was told of, and what is open in the club, whoever it concerns. */
export const AlertsPopover = (popup: PopupProps) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  // At a shared computer nobody is told anything: what is somebody's own is on their own device.
  const mayBeTold = useMay("notification.own");
  const unread = useQuery(trpc.notifications.unread.queryOptions({ clubId }, { enabled: mayBeTold }));
  const alerts = useQuery(trpc.alerts.list.queryOptions({ clubId }));
  const [view, setView] = useState<View>(mayBeTold ? "mine" : "alerts");
  const unreadCount = unread.data ?? 0;
  const alertCount = alerts.data?.length ?? 0;
  return (
    <Popover {...popup} title="Notifications">
      <div className="border-b border-line">
        <Tabs
          label="Notifications"
          panelId="notifications-panel"
          value={view}
          onChange={setView}
          tabs={[
            ...(mayBeTold
              ? [{ value: "mine" as const, label: "For you", badge: <Count value={unreadCount} isCall label=" unread" /> }]
              : []),
            { value: "alerts", label: "Open in the club", badge: <Count value={alertCount} label=" open" /> },
          ]}
        />
      </div>
      <div role="tabpanel" id="notifications-panel" aria-label={view === "mine" ? "For you" : "Open in the club"}>
        {view === "mine" ? (
          <NotificationList unreadCount={unreadCount} onLeave={() => popup.onOpenChange(false)} />
        ) : (
          <>
            {alerts.isPending ? <SkeletonRows count={2} label="Loading alerts" /> : null}
            {alerts.isError ? <ErrorState error={alerts.error} onRetry={() => void alerts.refetch()} /> : null}
            {alerts.data?.length === 0 ? (
              <EmptyState icon={<CircleCheck />} title="No open alerts">
                A late vendor, a send that was not confirmed or a spent budget would show up here.
              </EmptyState>
            ) : null}
            <ul>
              {alerts.data?.map((alert) => (
                <AlertCard key={alert.id} alert={alert} />
              ))}
            </ul>
          </>
        )}
      </div>
    </Popover>
  );
};
