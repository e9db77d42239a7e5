import "server-only";

import type { Category, RiskFlag } from "#server/domain/intent.ts";
import { heardOf, type Heard } from "#server/domain/past-due/heard.ts";
import { promiseVerdict } from "#server/domain/past-due/promises.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { keepHold } from "#server/services/past-due/keep-hold.ts";
import { keepPromise } from "#server/services/past-due/keep-promise.ts";
import { loadDebt } from "#server/services/past-due/load-facts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";

type Reading = {
  readonly conversationId: string;
  readonly contactId: string;
  readonly messageId: string;
  readonly category: Category;
  readonly subIntents: readonly string[];
  readonly riskFlags: readonly RiskFlag[];
};

const REASONS: Readonly<Record<Exclude<Heard["kind"], "promise">, string>> = {
  paid_claim: "says it is paid",
  hardship: "told of hardship",
  dispute: "disputes what is owed",
  plan: "asked to pay in parts",
};

/** Writes down what a bound sender who owes has said about it, once for each message; null = nothing of that kind. */
export const recordHeard = async (tx: ServiceTx, ctx: ServiceContext, reading: Reading): Promise<Heard["kind"] | null> => {
  const { contactId, conversationId, messageId } = reading;
  const message = await tx.db.message.findFirst({
    where: { id: messageId, clubId: ctx.clubId, conversationId, direction: "inbound" },
    select: { body: true, receivedAt: true },
  });
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
  // "Tomorrow" is the day after it was said, whenever it is read.
  const heard = message === null ? null : heardOf({ ...reading, text: message.body }, { timeZone, now: message.receivedAt });
  const [payerId] = heard === null ? [] : await payersOf(tx, ctx, [contactId]);
  const { club, debt } = payerId === undefined ? { club: null, debt: null } : await loadDebt(tx, ctx, payerId);
  if (heard === null || club === null || debt === null || debt.facts.dueMinor <= 0n) {
    return null;
  }
  if (heard.kind !== "promise") {
    const id = await keepHold(tx, ctx, { contactId, kind: heard.kind, reason: REASONS[heard.kind], until: null, messageId });
    return id === null ? null : heard.kind;
  }
  const { promiseMaxDays } = club.settings;
  switch (promiseVerdict(heard.promisedOn, { today: club.today, promiseMaxDays })) {
    case "past":
      return null;
    case "far": {
      const id = await keepHold(tx, ctx, {
        contactId,
        kind: "plan",
        reason: `wants to pay on ${heard.promisedOn}`,
        until: null,
        messageId,
      });
      return id === null ? null : "plan";
    }
    case "fine": {
      const { currency, dueMinor } = debt.facts;
      const { amountMinor, promisedOn } = heard;
      const id = await keepPromise(tx, ctx, {
        contactId: debt.contactId,
        promisedOn,
        amountMinor,
        dueMinor,
        currency,
        messageId,
        conversationId,
      });
      return id === null ? null : "promise";
    }
  }
};
