"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Lock, Monitor } from "lucide-react";
import { useState } from "react";

import { EndDeskDialog, TakePinDialog } from "#components/desks/confirm-desk-change.tsx";
import { StartDeskDialog } from "#components/desks/start-desk-dialog.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { SettingsPage } from "#components/settings/settings-page.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { DeskRow, PinHolder } from "#components/desks/desk-types.ts";
import { DESK_IDLE_MINUTES } from "#server/domain/desk.ts";

type Asked =
  | { readonly kind: "start" }
  | { readonly kind: "end"; readonly desk: DeskRow }
  | { readonly kind: "pin"; readonly person: PinHolder };

/** The shared computers of the club, and who may open them. */
export const DesksScreen = () => {
  const { id: clubId } = useClub();
  const mayManage = useMay("desk.manage");
  const desks = useQuery(useTRPC().desks.list.queryOptions({ clubId }, { enabled: mayManage }));
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => setAsked(null);
  return (
    <SettingsPage
      title="Desk"
      about={`A shared computer stays signed in, and each person types their own PIN. After ${DESK_IDLE_MINUTES} minutes without use it asks again. Doors, money and settings are decided on one's own device.`}
      aside={
        mayManage ? (
          <Button kind="primary" onClick={() => setAsked({ kind: "start" })}>
            <Monitor aria-hidden="true" />
            Make this browser a desk
          </Button>
        ) : null
      }
    >
      {mayManage ? null : (
        <EmptyState icon={<Lock />} title="Only a manager or an owner sees this">
          Ask one of them. Your own PIN is in Settings under You.
        </EmptyState>
      )}
      {mayManage && desks.isPending ? <SkeletonRows count={4} label="Loading the desks" /> : null}
      {desks.isError && desks.data === undefined ? <ErrorState error={desks.error} onRetry={() => void desks.refetch()} /> : null}
      {desks.data === undefined ? null : (
        <div className="flex max-w-200 flex-col gap-6">
          <DeskList desks={desks.data.desks} onEnd={(desk) => setAsked({ kind: "end", desk })} />
          <PinList people={desks.data.people} onTake={(person) => setAsked({ kind: "pin", person })} />
        </div>
      )}
      {asked?.kind === "start" ? <StartDeskDialog onClose={close} /> : null}
      {asked?.kind === "end" ? <EndDeskDialog desk={asked.desk} onClose={close} /> : null}
      {asked?.kind === "pin" ? <TakePinDialog person={asked.person} onClose={close} /> : null}
    </SettingsPage>
  );
};

const DeskList = ({ desks, onEnd }: { readonly desks: readonly DeskRow[]; readonly onEnd: (desk: DeskRow) => void }) => (
  <Panel label="Desks">
    {desks.length === 0 ? (
      <EmptyState icon={<Monitor />} title="No desk yet">
        Open Spotter on the computer at the counter, come here, and make that browser a desk.
      </EmptyState>
    ) : (
      <ul className="divide-y divide-line">
        {desks.map((desk) => (
          <li key={desk.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-0 flex-1 basis-56">
              <p className="text-base font-semibold break-words">{desk.name}</p>
              <p className="text-sm text-ink-2">
                Turned on by {desk.startedBy}, <RelativeTime at={desk.startedAt} isInSentence />
              </p>
              <p className="text-xs text-ink-3">
                {desk.lastUsedAt === null ? (
                  "Not used yet"
                ) : (
                  <>
                    Last used <RelativeTime at={desk.lastUsedAt} isInSentence />
                  </>
                )}
              </p>
            </div>
            <Button size="sm" aria-label={`Turn ${desk.name} off`} onClick={() => onEnd(desk)}>
              Turn off
            </Button>
          </li>
        ))}
      </ul>
    )}
  </Panel>
);

const PinList = ({ people, onTake }: { readonly people: readonly PinHolder[]; readonly onTake: (person: PinHolder) => void }) => (
  <section className="flex flex-col gap-2">
    <h2 className="text-sm font-semibold text-ink-2">Who has a PIN</h2>
    <Panel label="Who has a PIN">
      {people.length === 0 ? (
        <EmptyState icon={<KeyRound />} title="Nobody has a PIN yet">
          Each person sets their own, in Settings under You. Without one nobody can open a desk.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {people.map((person) => (
            <li key={person.userId} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
              <div className="min-w-0 flex-1 basis-56">
                <p className="text-base break-words">{person.name}</p>
                <p className="text-xs text-ink-3">
                  Set <RelativeTime at={person.pinSetAt} isInSentence />
                </p>
              </div>
              <Button size="sm" aria-label={`Take the PIN of ${person.name} away`} onClick={() => onTake(person)}>
                Take away
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  </section>
);
