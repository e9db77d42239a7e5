"use client";

import { useState } from "react";

import { RemoveDialog } from "#app/(club)/[clubSlug]/team/remove-dialog.tsx";
import { SignOutDialog } from "#app/(club)/[clubSlug]/team/sign-out-dialog.tsx";
import { SCOPE_LABELS } from "#app/(club)/[clubSlug]/team/team-types.ts";
import type { TeamPerson } from "#app/(club)/[clubSlug]/team/team-types.ts";
import { useMay } from "#components/lib/club.tsx";
import { ROLE_LABELS } from "#components/lib/labels.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Panel } from "#components/ui/page.tsx";

export const PeopleTable = ({ people }: { readonly people: readonly TeamPerson[] }) => {
  const mayRemove = useMay("team.manage");
  const [leaving, setLeaving] = useState<TeamPerson | null>(null);
  const [signedOut, setSignedOut] = useState<TeamPerson | null>(null);
  return (
    <Panel label="People">
      <ul className="divide-y divide-line">
        {people.map((person) => (
          <li key={person.accessId} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <Avatar name={person.name} />
            <div className="min-w-0 flex-1 basis-48">
              <p className="truncate text-base font-semibold">
                {person.name}
                {person.isYou ? <span className="font-normal text-ink-3"> (you)</span> : null}
              </p>
              <p className="truncate text-sm text-ink-3">{person.email}</p>
            </div>
            <div className="flex items-center gap-2 max-md:basis-full max-md:pl-12">
              <Chip>{ROLE_LABELS[person.role]}</Chip>
              <Chip tone="outline">{SCOPE_LABELS[person.scope]}</Chip>
            </div>
            {person.isYou || mayRemove ? (
              <Button
                kind="quiet"
                size="sm"
                aria-label={`Sign out everywhere: ${person.isYou ? "you" : person.name}`}
                onClick={() => setSignedOut(person)}
              >
                Sign out everywhere
              </Button>
            ) : null}
            {mayRemove ? (
              <Button
                kind="quiet"
                size="sm"
                aria-label={`Remove ${person.name}, ${ROLE_LABELS[person.role]}`}
                onClick={() => setLeaving(person)}
              >
                Remove
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {signedOut === null ? null : <SignOutDialog person={signedOut} onClose={() => setSignedOut(null)} />}
      {leaving === null ? null : <RemoveDialog person={leaving} onClose={() => setLeaving(null)} />}
    </Panel>
  );
};
