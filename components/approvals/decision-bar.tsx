"use client";

import { Check, Pencil, Send, X } from "lucide-react";
import { useState } from "react";
import type { RefObject } from "react";

import { useApproval } from "#components/approvals/use-approval.ts";
import { useClock } from "#components/lib/clock.tsx";
import { useClub } from "#components/lib/club.tsx";
import { formatDuration } from "#components/lib/format.ts";
import { ROLE_LABELS } from "#components/lib/labels.ts";
import { Button } from "#components/ui/button.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import type { Id } from "#server/domain/ids.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import type { Role } from "#server/domain/vocabulary.ts";

type Decidable = {
  readonly approvalId: Id<"approval">;
  readonly conversationId: Id<"conversation"> | null;
  readonly body: string | null;
  readonly expiresAt: Date;
  readonly requiredRole: Role;
  readonly requiredCount?: number;
  readonly isGivenByMe?: boolean;
  /** More than an answer to a member; left out for an answer. */
  readonly isDeed?: boolean;
};

type DecisionBarProps = {
  readonly item: Decidable;
  readonly isEditing: boolean;
  readonly onEditingChange: (isEditing: boolean) => void;
  readonly approveRef?: RefObject<HTMLButtonElement | null>;
};

/** Approve and dismiss stand at opposite ends; nothing here is bound to a single key. */
export const DecisionBar = ({ item, isEditing, onEditingChange, approveRef }: DecisionBarProps) => {
  const { approve, reject } = useApproval(item.approvalId, item.conversationId);
  const obstacle = useObstacle(item);
  const isBusy = approve.isPending || reject.isPending;
  if (isEditing && item.body !== null) {
    return (
      <EditForm
        body={item.body}
        isBusy={isBusy}
        onCancel={() => onEditingChange(false)}
        onSend={(text) => approve.mutate(text === item.body ? null : text, { onSuccess: () => onEditingChange(false) })}
      />
    );
  }
  return (
    <fieldset disabled={isBusy || obstacle !== null} className="flex flex-wrap items-center gap-2">
      <Button kind="quiet" className="-ml-2" onClick={() => reject.mutate()}>
        <X aria-hidden="true" />
        Dismiss
      </Button>
      <TimeLeft obstacle={obstacle} expiresAt={item.expiresAt} />
      {item.body === null || (item.requiredCount ?? 1) > 1 ? null : (
        <Button className="max-sm:ml-auto" onClick={() => onEditingChange(true)}>
          <Pencil aria-hidden="true" />
          Edit
        </Button>
      )}
      <Button
        ref={approveRef}
        kind="primary"
        className="max-sm:mt-1 max-sm:w-full"
        isBusy={approve.isPending}
        disabled={item.isGivenByMe === true}
        onClick={() => approve.mutate(null)}
      >
        {item.body === null ? <Check aria-hidden="true" /> : <Send aria-hidden="true" />}
        {item.isGivenByMe === true ? "You approved" : item.body === null ? "Approve" : "Approve and send"}
      </Button>
    </fieldset>
  );
};

/** What has just been asked for has its whole time left, not an hour less. */
const MINUTE_MS = 60_000;

const TimeLeft = ({ obstacle, expiresAt }: { readonly obstacle: string | null; readonly expiresAt: Date }) => {
  const { now } = useClock();
  return (
    <p className="mr-auto min-w-0 text-xs text-ink-3 max-sm:order-first max-sm:w-full">
      {obstacle ?? `Expires in ${formatDuration(Math.ceil((expiresAt.getTime() - now.getTime()) / MINUTE_MS) * MINUTE_MS)}`}
    </p>
  );
};

/** Why this person cannot decide this now, in a sentence; null when they can. */
const useObstacle = ({ expiresAt, isDeed = false, requiredRole }: Decidable): string | null => {
  const { now } = useClock();
  const { isAtDesk, role } = useClub();
  if (expiresAt <= now) {
    return "Expired: nothing was sent";
  }
  if (isDeed && isAtDesk) {
    return "Not at the desk: sign in on your own device";
  }
  return isAtLeast(role, requiredRole) ? null : `Needs a decision of the ${ROLE_LABELS[requiredRole].toLowerCase()}`;
};

type EditFormProps = {
  readonly body: string;
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onSend: (text: string) => void;
};

const EditForm = ({ body, isBusy, onCancel, onSend }: EditFormProps) => {
  const [text, setText] = useState(body);
  const isEmpty = text.trim() === "";
  return (
    <fieldset disabled={isBusy} className="flex flex-col gap-2">
      <TextArea aria-label="Edited draft" autoFocus value={text} onChange={(event) => setText(event.target.value)} />
      <div className="flex justify-between">
        <Button kind="quiet" className="-ml-2" onClick={onCancel}>
          Cancel editing
        </Button>
        <Button kind="primary" disabled={isEmpty} isBusy={isBusy} onClick={() => onSend(text.trim())}>
          <Send aria-hidden="true" />
          Approve and send
        </Button>
      </div>
    </fieldset>
  );
};
