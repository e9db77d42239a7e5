import "server-only";

import { formatMoney } from "#server/domain/money.ts";
import { HOLD_WORDS, UNLOCK_REASONS } from "#server/domain/past-due/reasons.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";
import type { Tx } from "#server/platform/tenant.ts";

/** What a line is about, so that a page can draw it. */
export type TimelineKind = "reminder" | "call" | "promise" | "hold" | "payment" | "door" | "referral";

export type TimelineLine = {
  readonly at: Date;
  readonly kind: TimelineKind;
  /** A sentence without its full stop. */
  readonly text: string;
  /** The very words of a text, a reason or a note; null = there are none. */
  readonly detail: string | null;
  /** Who did it, where it was a person of the club. */
  readonly by: string | null;
  /** It went wrong, or nobody knows whether it went out. */
  readonly isFault: boolean;
};

/** More than anybody reads; the newest of each kind. */
const ROWS_MAX = 60;

type Asked = { readonly contactIds: readonly string[]; readonly since: Date };
type Draft = Omit<TimelineLine, "by" | "isFault"> & { readonly byId?: string | null; readonly isFault?: boolean };

/** What happened around a debt since an instant, the newest first. */
export const debtTimeline = async (tx: Tx, ctx: ServiceContext, asked: Asked): Promise<readonly TimelineLine[]> => {
  const lines = [
    ...(await textLines(tx, ctx, asked)),
    ...(await callLines(tx, ctx, asked)),
    ...(await promiseLines(tx, ctx, asked)),
    ...(await holdLines(tx, ctx, asked)),
    ...(await paymentLines(tx, ctx, asked)),
    ...(await doorLines(tx, ctx, asked)),
    ...(await referralLines(tx, ctx, asked)),
  ];
  const names = await staffNames(
    tx,
    lines.map(({ byId }) => byId ?? null),
  );
  return lines
    .map(({ byId, isFault = false, ...line }) => ({ ...line, isFault, by: byId == null ? null : (names.get(byId) ?? null) }))
    .toSorted((left, right) => right.at.getTime() - left.at.getTime())
    .slice(0, ROWS_MAX);
};

type TextRow = {
  readonly at: Date;
  readonly status: string;
  readonly tier: string | null;
  readonly what: "warning" | "notice" | "invoice" | "text";
  readonly text: string;
  readonly byId: string | null;
};

const TEXT_WORDS = {
  warning: "Warning about the door",
  notice: "Notice about the door",
  invoice: "Invoice",
  text: "Text about money",
} as const;

const textLines = async (tx: Tx, { clubId }: ServiceContext, { contactIds, since }: Asked): Promise<readonly Draft[]> => {
  const rows = await tx.db.$queryRaw<TextRow[]>`
    select coalesce(e."dispatchedAt", e."createdAt") as at, e.status, e.arguments -> 'reminder' ->> 'tier' as tier, e."plannedByUserId" as "byId",
           case when w.id is not null then 'warning' when e."effectKey" like 'after:%' then 'notice'
                when e.arguments -> 'invoice' is not null then 'invoice' else 'text' end as what,
           e.arguments ->> 'text' as text
    from "Effect" e left join "LockWarning" w on w."clubId" = e."clubId" and w."effectId" = e.id
    where e."clubId" = ${clubId} and e."contactId" = any(${[...contactIds]}::text[]) and e.kind = 'message.send' and e."createdAt" >= ${since}
      and e.status <> 'dropped' and (e.purpose in ('billing', 'collections') or w.id is not null or e."effectKey" like 'after:%')
    order by e."createdAt" desc limit ${ROWS_MAX}`;
  return rows.map(({ at, byId, status, text, tier, what }) => {
    const name = tier === null ? TEXT_WORDS[what] : `${capital(tier)} reminder`;
    const isFault = status === "failed" || status === "unknown" || status === "needs_human";
    return {
      at,
      byId,
      kind: tier === null && what !== "text" && what !== "invoice" ? "door" : "reminder",
      text: `${name} ${FATE[status] ?? "planned"}`,
      detail: text,
      isFault,
    };
  });
};

const FATE: Readonly<Record<string, string>> = {
  confirmed: "sent",
  dispatching: "on its way",
  failed: "failed",
  unknown: "may not have gone out",
  needs_human: "may not have gone out",
};

const callLines = async (tx: Tx, { clubId }: ServiceContext, { contactIds, since }: Asked): Promise<readonly Draft[]> => {
  const rows = await tx.db.collectionAttempt.findMany({
    where: { clubId, contactId: { in: [...contactIds] }, effectId: null, at: { gte: since } },
    orderBy: { at: "desc" },
    take: ROWS_MAX,
    select: { at: true, tier: true, note: true, loggedById: true },
  });
  return rows.map(({ at, loggedById, note, tier }) =>
    tier === "call"
      ? { at, kind: "call", text: "Call logged", detail: note, byId: loggedById }
      : { at, kind: "reminder", text: `${capital(tier)} reminder sent`, detail: null },
  );
};

const PROMISE_END = { kept: "Promise kept", broken: "Promise broken", withdrawn: "Promise withdrawn" } as const;

const promiseLines = async (tx: Tx, { clubId }: ServiceContext, { contactIds, since }: Asked): Promise<readonly Draft[]> => {
  const rows = await tx.db.paymentPromise.findMany({
    where: { clubId, contactId: { in: [...contactIds] }, createdAt: { gte: since } },
    orderBy: { createdAt: "desc" },
    take: ROWS_MAX,
    select: { promisedOn: true, amountMinor: true, currency: true, status: true, createdAt: true, settledAt: true, madeBy: true },
  });
  return rows.flatMap(({ amountMinor, createdAt, currency, madeBy, promisedOn, settledAt, status }): Draft[] => {
    const amount = amountMinor === null ? "all of it" : formatMoney(`${amountMinor}`, currency);
    const made = {
      at: createdAt,
      kind: "promise",
      text: `Promised to pay ${amount} by ${promisedOn}`,
      detail: null,
      byId: madeBy,
    } as const;
    return settledAt === null || status === "open"
      ? [made]
      : [
          made,
          {
            at: settledAt,
            kind: "promise",
            text: PROMISE_END[status as keyof typeof PROMISE_END],
            detail: null,
            isFault: status === "broken",
          },
        ];
  });
};

const holdLines = async (tx: Tx, { clubId }: ServiceContext, { contactIds, since }: Asked): Promise<readonly Draft[]> => {
  const rows = await tx.db.billingHold.findMany({
    where: {
      clubId,
      contactId: { in: [...contactIds] },
      OR: [{ since: { gte: since } }, { releasedAt: null }, { releasedAt: { gte: since } }],
    },
    orderBy: { since: "desc" },
    take: ROWS_MAX,
    select: { kind: true, reason: true, since: true, placedBy: true, releasedAt: true, releasedBy: true, releaseReason: true },
  });
  return rows.flatMap(({ kind, placedBy, reason, releasedAt, releasedBy, releaseReason, since: at }): Draft[] => {
    const words = HOLD_WORDS[kind as keyof typeof HOLD_WORDS];
    const placed: Draft = { at, kind: "hold", text: `Paused: ${words}`, detail: reason, byId: placedBy };
    return releasedAt === null
      ? [placed]
      : [placed, { at: releasedAt, kind: "hold", text: `Pause lifted: ${words}`, detail: releaseReason, byId: releasedBy }];
  });
};

const paymentLines = async (tx: Tx, { clubId }: ServiceContext, { contactIds, since }: Asked): Promise<readonly Draft[]> => {
  const rows = await tx.db.payment.findMany({
    where: { clubId, contactId: { in: [...contactIds] }, at: { gte: since } },
    orderBy: { at: "desc" },
    take: ROWS_MAX,
    select: { at: true, amountMinor: true, currency: true, status: true },
  });
  return rows.map(({ amountMinor, at, currency, status }) => {
    const amount = formatMoney(`${amountMinor < 0n ? -amountMinor : amountMinor}`, currency);
    const what =
      status === "approved" ? `${amount} on its way` : amountMinor < 0n || status === "refunded" ? `${amount} went back` : `Paid ${amount}`;
    return { at, kind: "payment", text: what, detail: null };
  });
};

const doorLines = async (tx: Tx, { clubId }: ServiceContext, { contactIds, since }: Asked): Promise<readonly Draft[]> => {
  const rows = await tx.db.accessLock.findMany({
    where: { clubId, contactId: { in: [...contactIds] }, askedAt: { gte: since } },
    orderBy: { askedAt: "desc" },
    take: ROWS_MAX,
    select: { status: true, askedAt: true, lockedAt: true, unlockedAt: true, unlockReason: true },
  });
  return rows.flatMap(({ askedAt, lockedAt, status, unlockedAt, unlockReason }): Draft[] => [
    ...(status === "asked" ? [{ at: askedAt, kind: "door", text: "A lock waits for a yes", detail: null } as const] : []),
    ...(lockedAt === null ? [] : [{ at: lockedAt, kind: "door", text: "Locked out", detail: null } as const]),
    ...(unlockedAt === null
      ? []
      : [
          {
            at: unlockedAt,
            kind: "door",
            text: `Let in again: ${UNLOCK_REASONS[(unlockReason ?? "person") as keyof typeof UNLOCK_REASONS]}`,
            detail: null,
          } as const,
        ]),
  ]);
};

const REFERRAL_END = {
  approved: "Two people referred it",
  exported: "Two people referred it",
  rejected: "Referral refused",
  withdrawn: "Referral withdrawn",
} as const;

const referralLines = async (tx: Tx, { clubId }: ServiceContext, { contactIds, since }: Asked): Promise<readonly Draft[]> => {
  const rows = await tx.db.referralCase.findMany({
    where: { clubId, contactId: { in: [...contactIds] }, proposedAt: { gte: since } },
    select: { status: true, proposedAt: true, decidedAt: true, exportedAt: true },
  });
  return rows.flatMap(({ decidedAt, exportedAt, proposedAt, status }): Draft[] => [
    { at: proposedAt, kind: "referral", text: "Put before two people for collections", detail: null },
    ...(decidedAt === null || status === "proposed"
      ? []
      : [{ at: decidedAt, kind: "referral", text: REFERRAL_END[status as keyof typeof REFERRAL_END], detail: null } as const]),
    ...(exportedAt === null ? [] : [{ at: exportedAt, kind: "referral", text: "Exported for the agency", detail: null } as const]),
  ]);
};

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
