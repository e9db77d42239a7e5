"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";

import { InvitationLink } from "#app/(club)/[clubSlug]/team/invitation-link.tsx";
import { ROLE_HINTS, SCOPE_LABELS } from "#app/(club)/[clubSlug]/team/team-types.ts";
import type { TeamScope } from "#app/(club)/[clubSlug]/team/team-types.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { ROLE_LABELS } from "#components/lib/labels.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { ROLES } from "#server/domain/vocabulary.ts";
import type { Role } from "#server/domain/vocabulary.ts";

type Wish = { readonly email: string; readonly role: Role; readonly scope: TeamScope };

export const InviteDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const trpcClient = useTRPCClient();
  const queryClient = useQueryClient();
  const invitation = useMutation({
    mutationFn: (wish: Wish) => trpcClient.team.invite.mutate({ clubId, ...wish }),
    onSuccess: () => queryClient.invalidateQueries(trpc.team.pathFilter()),
  });
  if (invitation.data !== undefined) {
    return (
      <Dialog
        isOpen
        onOpenChange={onClose}
        title="Hand over this link"
        description={`Spotter sends no e-mail for it: pass the link to ${invitation.variables.email} yourself. It works once, within seven days, and is shown only now.`}
      >
        <InvitationLink url={invitation.data.url} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Invite somebody"
      description="You get a link to hand over. Whoever opens it chooses a password and is in."
    >
      <InviteForm
        isBusy={invitation.isPending}
        failure={invitation.isError ? describeFailure(invitation.error).title : undefined}
        onSubmit={(wish) => invitation.mutate(wish)}
      />
    </Dialog>
  );
};

type InviteFormProps = { readonly isBusy: boolean; readonly failure: string | undefined; readonly onSubmit: (wish: Wish) => void };

const InviteForm = ({ isBusy, failure, onSubmit }: InviteFormProps) => {
  const isOwner = useMay("team.manage");
  const [role, setRole] = useState<Role>("staff");
  const [scope, setScope] = useState<TeamScope>("club");
  const reach = role === "owner" ? "franchise" : scope;
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onSubmit({ email: `${new FormData(event.currentTarget).get("email")}`, role, scope: reach });
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <fieldset disabled={isBusy} className="contents">
        <Field label="E-mail" error={failure}>
          {(control) => <Input {...control} name="email" type="email" autoComplete="off" required autoFocus className="h-10" />}
        </Field>
        {isOwner ? (
          <>
            <div className="flex flex-col items-start gap-1.5">
              <SegmentedControl
                label="Role"
                options={ROLES.map((value) => ({ value, label: ROLE_LABELS[value] }))}
                value={role}
                onChange={setRole}
              />
              <p className="text-xs text-ink-3">{ROLE_HINTS[role]}</p>
            </div>
            <div className="self-start">
              <SegmentedControl
                label="Where"
                options={role === "owner" ? [EVERYWHERE] : [HERE, EVERYWHERE]}
                value={reach}
                onChange={setScope}
              />
            </div>
          </>
        ) : (
          <p className="text-sm text-ink-2">They join as staff of this club. {ROLE_HINTS.staff}</p>
        )}
        <Button type="submit" kind="primary" size="lg" isBusy={isBusy}>
          Make the link
        </Button>
      </fieldset>
    </form>
  );
};

const HERE = { value: "club", label: SCOPE_LABELS.club } as const;
const EVERYWHERE = { value: "franchise", label: SCOPE_LABELS.franchise } as const;
