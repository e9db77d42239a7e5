"use client";

import { useQuery } from "@tanstack/react-query";
import { Plug } from "lucide-react";
import Link from "next/link";

import { ConnectionTable } from "#components/health/connection-table.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { connectPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { buttonStyles } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** What Spotter reaches for this club, and how each vendor is doing. */
export const ConnectionsScreen = () => {
  const { id: clubId, name, slug } = useClub();
  const mayManage = useMay("connection.manage");
  const connections = useQuery(useTRPC().connections.health.queryOptions({ clubId }));
  return (
    <Page
      title="Connections"
      about={`The vendors Spotter works with for ${name}. Credentials are sealed when they are stored and shown to nobody.`}
      aside={
        mayManage ? (
          <Link href={connectPath(slug)} className={buttonStyles({ kind: "primary" })}>
            Connect a vendor
          </Link>
        ) : null
      }
    >
      <Panel label="Connections">
        {connections.isPending ? <SkeletonRows count={3} label="Loading connections" /> : null}
        {connections.isError && connections.data === undefined ? (
          <ErrorState error={connections.error} onRetry={() => void connections.refetch()} />
        ) : null}
        {connections.data?.length === 0 ? (
          <EmptyState icon={<Plug />} title="No vendor is connected">
            {mayManage ? "Connect the club's text number first: messages then arrive in the inbox." : "An owner connects the first one."}
          </EmptyState>
        ) : null}
        {connections.data === undefined || connections.data.length === 0 ? null : <ConnectionTable connections={connections.data} />}
      </Panel>
    </Page>
  );
};
