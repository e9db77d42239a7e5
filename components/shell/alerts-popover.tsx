"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { AlertCard } from "#components/shell/alert-card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

export const AlertsPopover = (popup: PopupProps) => {
  const { id: clubId } = useClub();
  const alerts = useQuery(useTRPC().alerts.list.queryOptions({ clubId }));
  return (
    <Popover {...popup} title="Alerts">
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
    </Popover>
  );
};
