"use client";

import { useClub, useMay } from "#components/lib/club.tsx";
import { capitalize, formatCalendarDate, formatMoment } from "#components/lib/format.ts";
import { Part, type Ask } from "#components/past-due/debt-part.tsx";
import { DOOR_LABELS, HOLD_LABELS, type DebtStory } from "#components/past-due/debt-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { formatMoney } from "#server/domain/money.ts";

type DebtHoldsProps = { readonly story: DebtStory; readonly ask: Ask };

/** What somebody wrote down and can take back, and how each door stands. */
export const DebtHolds = ({ ask, story }: DebtHoldsProps) => (
  <>
    {story.holds.length === 0 && story.promise === null ? null : (
      <Part title="Promises and pauses">
        <ul className="overflow-hidden rounded-card border border-line">
          <Promised story={story} ask={ask} />
          {story.holds.map((hold) => (
            <Held key={hold.id} hold={hold} ask={ask} />
          ))}
        </ul>
      </Part>
    )}
    <Part title={story.doors.length === 1 ? "The door" : "The doors"}>
      <ul className="overflow-hidden rounded-card border border-line">
        {story.doors.map((door) => (
          <Door key={door.memberId} door={door} ask={ask} />
        ))}
      </ul>
    </Part>
  </>
);

const LINE = "flex flex-wrap items-center justify-between gap-x-3 gap-y-2 border-b border-line px-3 py-2.5 text-sm last:border-b-0";

const Promised = ({ ask, story: { currency, promise } }: DebtHoldsProps) => {
  const mayNote = useMay("debt.note");
  return promise === null ? null : (
    <li className={LINE}>
      <p className="min-w-0 flex-1">
        <span className="font-semibold">Promised</span> to pay{" "}
        {promise.amountMinor === null ? "all of it" : formatMoney(promise.amountMinor, currency)} by{" "}
        {formatCalendarDate(promise.promisedOn)}
      </p>
      {mayNote ? (
        <Button size="sm" onClick={() => ask("withdraw", { promiseId: promise.id })}>
          Take back
        </Button>
      ) : null}
    </li>
  );
};

const Held = ({ ask, hold }: { readonly hold: DebtStory["holds"][number]; readonly ask: Ask }) => {
  const { timeZone } = useClub();
  const mayLift = useMay(hold.kind === "exemption" ? "access.decide" : "debt.note");
  const isDispute = hold.kind === "dispute";
  return (
    <li className={LINE}>
      <div className="min-w-0 flex-1">
        <p>
          <span className="font-semibold">{HOLD_LABELS[hold.kind]}</span>
          {hold.until === null
            ? hold.kind === "paid_claim"
              ? ""
              : ", until somebody lifts it"
            : `, until ${formatMoment(hold.until, timeZone)}`}
        </p>
        <p className="text-xs text-ink-3">
          {capitalize(hold.reason)}
          {hold.by === null ? "" : `, by ${hold.by}`}
        </p>
      </div>
      {mayLift ? (
        <Button
          size="sm"
          aria-label={`${isDispute ? "Settle" : "Lift"}: ${HOLD_LABELS[hold.kind]}`}
          onClick={() => ask(isDispute ? "settle" : "lift", { holdId: hold.id })}
        >
          {isDispute ? "Settle" : "Lift"}
        </Button>
      ) : null}
    </li>
  );
};

const Door = ({ ask, door }: { readonly door: DebtStory["doors"][number]; readonly ask: Ask }) => {
  const mayDecide = useMay("access.decide");
  return (
    <li className={LINE}>
      <p className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
        {door.name} <Chip tone={DOOR_LABELS[door.state].tone}>{DOOR_LABELS[door.state].label}</Chip>
      </p>
      {mayDecide && door.state !== "open" ? (
        <Button size="sm" onClick={() => ask("unlock", { memberId: door.memberId })}>
          Unlock the door
        </Button>
      ) : null}
    </li>
  );
};
