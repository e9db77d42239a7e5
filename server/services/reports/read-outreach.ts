import "server-only";

import { REMINDER_BASE_DAYS } from "#server/domain/metrics/assumptions.ts";
import { counted, NO_FIGURE, share, type Figure } from "#server/domain/metrics/definitions.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { providersWith } from "#server/services/connections/freshness.ts";

import { campaignRows, joinRows, optOutRows, recoveredRows, remindedRows, reminderRows, tourRows, writtenRows } from "./outreach-rows.ts";
import { daysAfter, type Scope } from "./scope.ts";

type OutreachFigures = Readonly<
  Record<
    "reminders" | "reminder_paid" | "dues_recovered" | "reminder_answers" | "write_back" | "campaign_lift" | "tours" | "joins" | "opt_outs",
    Figure
  >
>;

type Money = { readonly currency: string; readonly seesPayments: boolean };

/** What Spotter began by itself, and what followed. */
export const readOutreach = async (tx: Tx, scope: Scope): Promise<OutreachFigures> => {
  const money = await readMoney(tx, scope);
  const [sent] = await tx.db.$queryRaw<{ count: number }[]>`select count(*)::int as count from (${reminderRows(scope)}) r`;
  const reminded = await readReminded(tx, scope);
  const [written] = await tx.db.$queryRaw<{ people: number; answered: number }[]>`
    select count(*)::int as people, count(*) filter (where w."hasAnswered")::int as answered from (${writtenRows(scope)}) w`;
  const [ends] = await tx.db.$queryRaw<{ tours: number; joins: number; optOuts: number }[]>`
    select (select count(*)::int from (${tourRows(scope)}) t) as tours, (select count(*)::int from (${joinRows(scope)}) j) as joins,
      (select count(*)::int from (${optOutRows(scope)}) o) as "optOuts"`;
  return {
    reminders: counted(sent?.count ?? 0),
    reminder_paid: share(reminded.paid, reminded.people),
    dues_recovered: money.seesPayments ? await readRecovered(tx, scope, money.currency) : NO_FIGURE,
    reminder_answers: share(reminded.answered, reminded.people),
    write_back: share(written?.answered ?? 0, written?.people ?? 0),
    campaign_lift: await readLift(tx, scope),
    tours: counted(ends?.tours ?? 0),
    joins: counted(ends?.joins ?? 0),
    opt_outs: counted(ends?.optOuts ?? 0),
  };
};

/** Of the days before a period, what its share of answered reminders is held against. */
export const readReminderBase = async (tx: Tx, scope: Scope): Promise<Figure> => {
  const { from } = scope.window;
  const { answered, people } = await readReminded(tx, { ...scope, window: { from: daysAfter(from, -REMINDER_BASE_DAYS), until: from } });
  return share(answered, people);
};

const readReminded = async (tx: Tx, scope: Scope) => {
  const [row] = await tx.db.$queryRaw<{ people: number; paid: number; answered: number }[]>`
    select count(*)::int as people, count(*) filter (where p."hasPaid")::int as paid, count(*) filter (where p."hasAnswered")::int as answered
    from (${remindedRows(scope)}) p`;
  return row ?? { people: 0, paid: 0, answered: 0 };
};

/** Where no payment vendor is connected, what was paid is unknown and not nothing. */
const readMoney = async (tx: Tx, { clubId }: Scope): Promise<Money> => {
  const club = await tx.db.club.findFirstOrThrow({ where: { id: clubId }, select: { currency: true } });
  const count = await tx.db.connection.count({ where: { clubId, provider: { in: [...providersWith("payments.webhook")] } } });
  return { currency: club.currency, seesPayments: count > 0 };
};

const readRecovered = async (tx: Tx, scope: Scope, currency: string): Promise<Figure> => {
  const [row] = await tx.db.$queryRaw<{ amount: bigint; count: number }[]>`
    select coalesce(sum(y."amountMinor"), 0)::bigint as amount, count(*)::int as count from (${recoveredRows(scope, currency)}) y`;
  return { value: Number(row?.amount ?? 0n), base: row?.count ?? 0 };
};

/** Null unless both were somebody: those written to, and those held out. */
const readLift = async (tx: Tx, scope: Scope): Promise<Figure> => {
  const rows = await tx.db.$queryRaw<{ arm: "written" | "held"; people: number; converted: number }[]>`
    select c.arm, count(*)::int as people, count(*) filter (where c."hasConverted")::int as converted from (${campaignRows(scope)}) c group by c.arm`;
  const [written, held] = (["written", "held"] as const).map((arm) => rows.find((row) => row.arm === arm));
  if (written === undefined || held === undefined) {
    return NO_FIGURE;
  }
  return { value: written.converted / written.people - held.converted / held.people, base: written.people + held.people };
};
