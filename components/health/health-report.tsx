"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Plug } from "lucide-react";

import { BriefCard } from "#components/brief/brief-card.tsx";
import { LeftAtClosing } from "#components/closings/left-at-closing.tsx";
import { ConnectionTable } from "#components/health/connection-table.tsx";
import { MachineryList } from "#components/health/machinery-list.tsx";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { AlertCard } from "#components/shell/alert-card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** Nothing fails silently: what is late, broken or unconfirmed stands here. */
export const HealthReport = () => (
  <Page title="Health and connections" about="Whether messages come in and go out, and what went wrong and is not yet dealt with.">
    <div className="flex flex-col gap-8">
      <BriefCard />
      <LeftAtClosing />
      <Connections />
      <OpenAlerts />
      <MachineryList />
    </div>
  </Page>
);

const Connections = () => {
  const { id: clubId } = useClub();
  const health = useQuery(useTRPC().connections.health.queryOptions({ clubId }));
  return (
    <div>
      <h2 className="mb-2 text-base font-semibold">Connections</h2>
      <Panel label="Connections">
        {health.isPending ? <SkeletonRows count={3} label="Loading connections" /> : null}
        {health.isError && health.data === undefined ? <ErrorState error={health.error} onRetry={() => void health.refetch()} /> : null}
        {health.data?.length === 0 ? (
          <EmptyState icon={<Plug />} title="No connections">
            As soon as the owner connects a vendor, its state appears here.
          </EmptyState>
        ) : null}
        {health.data === undefined || health.data.length === 0 ? null : <ConnectionTable connections={health.data} />}
      </Panel>
    </div>
  );
};

const OpenAlerts = () => {
  const { id: clubId } = useClub();
  const alerts = useQuery(useTRPC().alerts.list.queryOptions({ clubId }));
  return (
    <div>
      <h2 className="mb-2 text-base font-semibold">Open alerts</h2>
      <Panel label="Open alerts">
        {alerts.isPending ? <SkeletonRows count={2} label="Loading alerts" /> : null}
        {alerts.isError && alerts.data === undefined ? <ErrorState error={alerts.error} onRetry={() => void alerts.refetch()} /> : null}
        {alerts.data?.length === 0 ? (
          <p className="flex items-center gap-2 px-4 py-3 text-sm text-ink-2">
            <CircleCheck aria-hidden="true" className="size-4 text-good-ink" />
            No open alerts.
          </p>
        ) : null}
        <ul>
          {alerts.data?.map((alert) => (
            <AlertCard key={alert.id} alert={alert} />
          ))}
        </ul>
      </Panel>
    </div>
  );
};
