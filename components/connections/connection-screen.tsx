"use client";

import { useQuery } from "@tanstack/react-query";

import { Caution } from "#components/connections/caution.tsx";
import { ConnectionActions } from "#components/connections/connection-actions.tsx";
import { ConnectionFacts } from "#components/connections/connection-facts.tsx";
import type { ConnectionDetail } from "#components/connections/connection-types.ts";
import { CAPABILITY_LABELS } from "#components/connections/connection-types.ts";
import { CredentialsPanel } from "#components/connections/credentials-panel.tsx";
import { ProviderExtra } from "#components/connections/provider-extras.tsx";
import { RemovePanel } from "#components/connections/remove-panel.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { CopyField } from "#components/ui/copy-field.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** One connection: how it is doing, what it can do, and what an owner may do with it. */
export const ConnectionScreen = ({ connectionId }: { readonly connectionId: ConnectionDetail["id"] }) => {
  const { id: clubId } = useClub();
  const query = useQuery(useTRPC().connections.get.queryOptions({ clubId, connectionId }));
  const connection = query.data;
  return (
    <Page
      title={connection?.name ?? "Connection"}
      about={connection === undefined ? "One moment." : `${connection.providerName}. ${aboutOf(connection)}`}
    >
      {query.isPending ? <SkeletonRows count={4} label="Loading the connection" /> : null}
      {query.isError && connection === undefined ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {connection === undefined ? null : <Connection connection={connection} />}
    </Page>
  );
};

const aboutOf = ({ status, pauseReason, heldCount }: ConnectionDetail): string => {
  if (status !== "disabled") {
    return "Its credentials are sealed and shown to nobody.";
  }
  const held = heldCount === 0 ? "" : ` ${heldCount} ${heldCount === 1 ? "thing waits" : "things wait"} to go out.`;
  return `Paused${pauseReason === null ? "" : `: ${pauseReason}`}. Nothing is read or sent.${held}`;
};

const Connection = ({ connection }: { readonly connection: ConnectionDetail }) => {
  const mayManage = useMay("connection.manage");
  return (
    <div className="flex flex-col gap-6">
      {mayManage ? <ConnectionActions connection={connection} /> : null}
      <ConnectionFacts connection={connection} />
      <ProviderExtra connection={connection} />
      <Webhook connection={connection} />
      <div>
        <h2 className="mb-2 text-base font-semibold">What it can do</h2>
        <ul className="flex flex-wrap gap-1.5">
          {connection.capabilities.map((capability) => (
            <li key={capability}>
              <Chip tone="outline">{CAPABILITY_LABELS[capability]}</Chip>
            </li>
          ))}
        </ul>
      </div>
      {connection.caution === null ? null : <Caution text={connection.caution} />}
      <CredentialsPanel connection={connection} />
      {mayManage ? <RemovePanel connection={connection} /> : null}
    </div>
  );
};

const Webhook = ({ connection: { webhook, providerName } }: { readonly connection: ConnectionDetail }) =>
  webhook === null ? null : (
    <div>
      <h2 className="mb-2 text-base font-semibold">Webhook</h2>
      <Panel label="Webhook">
        <div className="flex flex-col gap-3 p-4">
          <p className="max-w-[72ch] text-sm text-ink-2">
            So that {providerName} tells Spotter at once. {webhook.where}
          </p>
          <CopyField label="Webhook address" value={webhook.address} />
          {webhook.events.length === 0 ? null : (
            <p className="text-xs text-ink-3">
              Events: <span className="text-ink-2">{webhook.events.join(", ")}</span>
            </p>
          )}
        </div>
      </Panel>
    </div>
  );
