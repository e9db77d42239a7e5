"use client";

import { useClub } from "#components/lib/club.tsx";
import { minorPerUnit } from "#components/lib/minor-per-unit.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import type { DebtAnswer } from "#components/past-due/debt-dialog.tsx";
import type { DebtDeed } from "#components/past-due/debt-questions.ts";
import { dispatchNotice, good, useDebtChange } from "#components/past-due/use-debt-change.ts";
import { addDays } from "#server/domain/calendar-date.ts";
import type { Id } from "#server/domain/ids.ts";
import { startOfDay } from "#server/domain/local-time.ts";

/** Whose debt it is, and which of its parts a deed is about. */
export type Target = {
  readonly contactId: Id<"contact">;
  readonly currency: string;
  readonly holdId?: Id<"billingHold">;
  readonly promiseId?: Id<"paymentPromise">;
  readonly memberId?: Id<"member">;
};

type Asked = { readonly deed: DebtDeed; readonly target: Target; readonly answer: DebtAnswer };
type Notice = ReturnType<ReturnType<typeof dispatchNotice>>;

/** Carries out what a dialog has asked for, each deed by its own verb. */
export const useDebtDeeds = ({ onDone }: { readonly onDone: () => void }) => {
  const { id: clubId, timeZone } = useClub();
  const { pastDue } = useTRPCClient();
  /** A named day is part of the pause. */
  const endOf = (on: string | null): Date | null => (on === null ? null : startOfDay(addDays(on, 1), timeZone));
  const run = async ({ answer, deed, target }: Asked): Promise<Notice> => {
    const { kind, on, reason } = answer;
    const { contactId, currency, holdId, memberId, promiseId } = target;
    const here = { clubId, contactId };
    switch (deed) {
      case "promise":
        await pastDue.notePromise.mutate({ ...here, promisedOn: on ?? "", amountMinor: toMinor(answer.amount, currency) });
        return good("Promise recorded. The ladder is paused")();
      case "pause":
        await pastDue.placeHold.mutate({ ...here, kind: kind as "plan", reason, until: kind === "paid_claim" ? null : endOf(on) });
        return good("Paused")();
      case "dispute":
        await pastDue.placeHold.mutate({ ...here, kind: "dispute", reason });
        return good("Marked as disputed. The ladder is paused")();
      case "exempt":
        await pastDue.placeExemption.mutate({ ...here, reason, until: endOf(on) });
        return good("Exempt from locking")();
      case "settle":
      case "lift":
        await pastDue.releaseHold.mutate({ clubId, holdId: required(holdId), reason });
        return good(deed === "settle" ? "Dispute settled. The ladder goes on" : "Lifted. The ladder goes on")();
      case "withdraw":
        await pastDue.withdrawPromise.mutate({ clubId, promiseId: required(promiseId), reason });
        return good("Promise taken back. The ladder goes on")();
      case "call":
        await pastDue.logCall.mutate({ ...here, note: reason });
        return good("Call logged")();
      case "unlock":
        return dispatchNotice({ what: "The unlock", done: "The door is unlocked" })(
          await pastDue.unlockMember.mutate({ clubId, memberId: required(memberId), reason }),
        );
      case "remind":
        return dispatchNotice({ what: "The reminder", done: "Reminder sent" })(await pastDue.remindNow.mutate(here));
    }
  };
  return useDebtChange({ change: run, done: (notice) => notice, onDone });
};

const toMinor = (amount: number | null, currency: string): bigint | null =>
  amount === null ? null : BigInt(Math.round(amount * minorPerUnit(currency)));

const required = <T>(value: T | undefined): T => {
  if (value === undefined) {
    throw new Error("this deed needs to know what it is about");
  }
  return value;
};
