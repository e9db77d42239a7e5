"use client";

import { SCOPE_LABELS } from "#app/(club)/[clubSlug]/team/team-types.ts";
import type { TeamInvitation } from "#app/(club)/[clubSlug]/team/team-types.ts";
import { useTeamChange } from "#app/(club)/[clubSlug]/team/use-team-change.ts";
import { useClock } from "#components/lib/clock.tsx";
import { useClub } from "#components/lib/club.tsx";
import { formatMoment } from "#components/lib/format.ts";
import { ROLE_LABELS } from "#components/lib/labels.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Panel } from "#components/ui/page.tsx";

/** Links that were handed out and not used yet. */
export const OpenInvitations = ({ invitations }: { readonly invitations: readonly TeamInvitation[] }) => (
  <div>
    <h2 className="mb-2 text-base font-semibold">Open invitations</h2>
    {invitations.length === 0 ? (
      <p className="text-sm text-ink-3">None. Whoever you invite appears here until they join.</p>
    ) : (
      <Panel label="Open invitations">
        <ul className="divide-y divide-line">
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      </Panel>
    )}
  </div>
);

const InvitationRow = ({ invitation }: { readonly invitation: TeamInvitation }) => {
  const { id: clubId } = useClub();
  const { zone } = useClock();
  const trpcClient = useTRPCClient();
  const revocation = useTeamChange({
    change: (invitationId: TeamInvitation["id"]) => trpcClient.team.revokeInvitation.mutate({ clubId, invitationId }),
    done: "The link no longer works",
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate text-base">{invitation.email}</p>
        <p className="text-sm text-ink-3">works until {formatMoment(invitation.expiresAt, zone)}</p>
      </div>
      <div className="flex items-center gap-2">
        <Chip>{ROLE_LABELS[invitation.role]}</Chip>
        <Chip tone="outline">{SCOPE_LABELS[invitation.scope]}</Chip>
      </div>
      <Button
        kind="quiet"
        size="sm"
        isBusy={revocation.isPending}
        aria-label={`Withdraw the invitation of ${invitation.email}`}
        onClick={() => revocation.mutate(invitation.id)}
      >
        Withdraw
      </Button>
    </li>
  );
};
