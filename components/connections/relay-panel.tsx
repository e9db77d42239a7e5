"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { ConnectionDetail } from "#components/connections/connection-types.ts";
import { FailureLine } from "#components/connections/failure-line.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyField } from "#components/ui/copy-field.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** The relay at the club: whether it calls, which certificate it has pinned, and how to pair one. */
export const RelayPanel = ({ connection }: { readonly connection: ConnectionDetail }) => {
  const { id: clubId } = useClub();
  const mayManage = useMay("connection.manage");
  const place = { clubId, connectionId: connection.id };
  const status = useQuery(useTRPC().relay.status.queryOptions(place));
  if (connection.fields.find(({ name }) => name === "road")?.value === "direct") {
    return null;
  }
  return (
    <div>
      <h2 className="mb-2 text-base font-semibold">Relay at the club</h2>
      <Panel label="Relay at the club">
        {status.isPending ? <SkeletonRows count={1} label="Loading the relay" /> : null}
        {status.isError && status.data === undefined ? <ErrorState error={status.error} onRetry={() => void status.refetch()} /> : null}
        {status.data === undefined ? null : (
          <div className="flex flex-col gap-3 p-4">
            <RelayState relay={status.data.relay} />
            {mayManage ? <Pairing place={place} isPaired={status.data.relay !== null} /> : null}
          </div>
        )}
      </Panel>
    </div>
  );
};

type Place = { readonly clubId: ReturnType<typeof useClub>["id"]; readonly connectionId: ConnectionDetail["id"] };
type Relay = {
  readonly lastSeenAt: Date | null;
  readonly isSilent: boolean;
  readonly isMistrusted: boolean;
  readonly fingerprint: string | null;
};

const RelayState = ({ relay }: { readonly relay: Relay | null }) => {
  if (relay === null) {
    return <p className="max-w-[72ch] text-sm text-ink-2">No relay is paired. Nothing can be unlocked or suspended until one is.</p>;
  }
  return (
    <div className="flex flex-col gap-1 text-sm">
      <p className={relay.isSilent || relay.isMistrusted ? "text-bad-ink" : undefined}>
        {relay.isMistrusted
          ? "The controller shows another certificate than the one that was paired. Nothing is sent to it."
          : relay.isSilent
            ? "The relay has not called for a while. Is the computer at the club on?"
            : "The relay is there."}
        {relay.lastSeenAt === null ? null : (
          <span className="text-ink-3">
            {" "}
            Last heard <RelativeTime at={relay.lastSeenAt} isInSentence />.
          </span>
        )}
      </p>
      {relay.fingerprint === null ? null : (
        <p className="text-xs break-all text-ink-3">Pinned certificate (SHA-256): {relay.fingerprint}</p>
      )}
    </div>
  );
};

const Pairing = ({ place, isPaired }: { readonly place: Place; readonly isPaired: boolean }) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refetch = () => queryClient.invalidateQueries(trpc.relay.pathFilter());
  const pairing = useMutation(trpc.relay.pair.mutationOptions({ onSettled: refetch }));
  const shutOut = useMutation(trpc.relay.revoke.mutationOptions({ onSettled: refetch }));
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button isBusy={pairing.isPending} onClick={() => pairing.mutate(place)}>
          {isPaired ? "Pair another one" : "Pair a relay"}
        </Button>
        {isPaired ? (
          <Button isBusy={shutOut.isPending} onClick={() => shutOut.mutate(place)}>
            Shut it out
          </Button>
        ) : null}
      </div>
      {pairing.data === undefined ? null : (
        <div className="flex flex-col gap-2">
          <p className="max-w-[72ch] text-sm text-ink-2">
            Run this within 15 minutes on a computer at the club, with the controller&apos;s own address. The code works once and is shown
            only now.
          </p>
          <CopyField label="Command to pair" value={pairing.data.command} />
        </div>
      )}
      {pairing.isError ? <FailureLine error={pairing.error} /> : null}
      {shutOut.isError ? <FailureLine error={shutOut.error} /> : null}
    </>
  );
};
