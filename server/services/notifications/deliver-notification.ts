import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { tellableAt } from "#server/domain/notification-settings.ts";
import type { NotificationKind, OutwardWay } from "#server/domain/notification-words.ts";
import { env } from "#server/platform/env.ts";
import type { PushDevice } from "#server/platform/push-message.ts";
import { withClub, withSystem } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { eachItem } from "#server/services/each-item.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { clubPeople, type ClubPerson } from "#server/services/notifications/club-people.ts";
import { planMail, planPush, planSlack, planText, type Letter, type Planned } from "#server/services/notifications/plan-letter.ts";
import { sendPush, type PushOutcome, type PushText } from "#server/services/notifications/push-road.ts";
import { recordAudit } from "#server/services/audit.ts";

/** Chosen by us: minutes until a push that nobody took is tried again, each time; after the last it is found in the list alone. */
const TRY_AGAIN_MINUTES = [1, 5, 20];
/** Of one club in one go; the next minute brings the rest. */
const HELD_BATCH_SIZE = 100;

type DueClub = { readonly franchiseId: string; readonly clubId: string };

/** Clubs in which something may leave the house by now: quiet hours are over, or it was put off, or a process ended before it was handed over. */
export const listClubsDue = (): Promise<DueClub[]> =>
  withSystem(
    (tx) => tx.db.$queryRaw<DueClub[]>`
      select "franchiseId", "clubId" from "NotificationDelivery" where status = 'due' and "dueAt" <= ${tx.now}
      group by "franchiseId", "clubId" order by min("dueAt")`,
  );

/** Hands over what of one club is due, whatever it belongs to. Returns how many there were. */
export const deliverHeld = async (ctx: ServiceContext): Promise<number> => {
  assertCan(ctx, "alert.raise");
  const due = await withClub(
    ctx,
    (tx) =>
      tx.db.notificationDelivery.findMany({
        where: { clubId: ctx.clubId, status: "due", dueAt: { lte: tx.now } },
        orderBy: [{ dueAt: "asc" }, { id: "asc" }],
        take: HELD_BATCH_SIZE,
        select: { id: true, clubId: true },
      }),
    { fixedNow: ctx.fixedNow },
  );
  return eachItem(due, ({ id }) => deliverNotification(ctx, { deliveryId: asId("notificationDelivery", id) }));
};

/** Hands over what of one piece of news is due. Returns how many there were. */
export const deliverBatch = async (ctx: ServiceContext, { batchId }: { readonly batchId: string }): Promise<number> => {
  assertCan(ctx, "alert.raise");
  const due = await withClub(
    ctx,
    (tx) =>
      tx.db.notificationDelivery.findMany({
        where: { clubId: ctx.clubId, status: "due", dueAt: { lte: tx.now }, notification: { batchId } },
        orderBy: { id: "asc" },
        select: { id: true, clubId: true },
      }),
    { fixedNow: ctx.fixedNow },
  );
  return eachItem(due, ({ id }) => deliverNotification(ctx, { deliveryId: asId("notificationDelivery", id) }));
};

export type Delivered =
  | { readonly kind: "handed_over" }
  | { readonly kind: "put_off"; readonly until: Date }
  | { readonly kind: "dropped"; readonly reason: string }
  | { readonly kind: "none" };

type Push = (device: PushDevice, text: PushText) => Promise<PushOutcome>;

/**
 * Tells one person by one way, at most once: whoever finds it due hands it over in the transaction that says so. What was read or done
 * meanwhile is told to nobody, and a way that is not open any more is written down as such.
 */
export const deliverNotification = async (
  ctx: ServiceContext,
  { deliveryId, push = sendPush }: { readonly deliveryId: Id<"notificationDelivery">; readonly push?: Push },
): Promise<Delivered> => {
  assertCan(ctx, "alert.raise");
  const outcome = await inTransaction(ctx, async (tx) => {
    const delivery = await claim(tx, ctx, deliveryId);
    if (delivery === null) {
      return { kind: "none" } as const;
    }
    const planned = await plan(tx, ctx, delivery);
    const settled = settledBy(planned);
    await tx.db.notificationDelivery.updateMany({ where: { id: deliveryId, clubId: ctx.clubId }, data: { ...settled, settledAt: tx.now } });
    await recordAudit(tx, ctx, {
      action: "notification.delivered",
      entityId: deliveryId,
      details: { way: delivery.way, as: settled.status },
    });
    return planned.kind === "push" ? { ...planned, delivery, text: pushTextOf(await letterOf(tx, ctx, delivery)) } : planned;
  });
  switch (outcome.kind) {
    case "planned":
      await dispatchEffect(ctx, { effectId: outcome.effectId });
      return { kind: "handed_over" };
    case "push":
      return pushToAll(ctx, { ...outcome, push });
    default:
      return outcome;
  }
};

/** Once it is on its way to a browser it counts as handed over: told twice is worse than told by the list alone. */
const settledBy = (planned: Planned) => {
  switch (planned.kind) {
    case "planned":
      return { status: "handed_over", effectId: planned.effectId };
    case "push":
      return { status: "handed_over" };
    case "dropped":
      return { status: "dropped", reason: planned.reason };
  }
};

const pushTextOf = ({ clubName, title, url }: Letter): PushText => ({ title, body: clubName, url });

type Pushed = {
  readonly delivery: Claimed;
  readonly devices: readonly (PushDevice & { readonly id: string })[];
  readonly text: PushText;
  readonly push: Push;
};

/**
 * Browsers that are gone lose their row. Where none took it the delivery is due again in a while, unless one of them may have it after all,
 * and says so in the end.
 */
const pushToAll = async (ctx: ServiceContext, { delivery, devices, push, text }: Pushed): Promise<Delivered> => {
  const outcomes = await Promise.all(devices.map(async (device) => ({ id: device.id, outcome: await push(device, text) })));
  const has = (wanted: PushOutcome) => outcomes.some(({ outcome }) => outcome === wanted);
  const gone = outcomes.filter(({ outcome }) => outcome === "gone").map(({ id }) => id);
  const isTaken = has("taken");
  if (isTaken && gone.length === 0) {
    return { kind: "handed_over" };
  }
  return inTransaction(ctx, async (tx) => {
    await tx.db.pushDevice.deleteMany({ where: { clubId: ctx.clubId, id: { in: gone } } });
    const until = !isTaken && has("later") && !has("unknown") ? await againAt(tx, ctx, delivery) : null;
    if (!isTaken) {
      await tx.db.notificationDelivery.updateMany({
        where: { id: delivery.id, clubId: ctx.clubId, status: "handed_over" },
        data:
          until === null
            ? { status: "dropped", reason: "push_failed" }
            : { status: "due", dueAt: until, settledAt: null, tryCount: delivery.tryCount + 1 },
      });
    }
    await recordAudit(tx, ctx, {
      action: gone.length > 0 ? "device.removed" : "notification.delivered",
      entityId: delivery.id,
      details: { goneCount: gone.length, isTaken, isPutOff: until !== null },
    });
    return isTaken ? { kind: "handed_over" } : until === null ? { kind: "dropped", reason: "push_failed" } : { kind: "put_off", until };
  });
};

/** When it is tried again, in nobody's quiet hours; null after the last time. */
const againAt = async (tx: ServiceTx, ctx: ServiceContext, { kind, tryCount, userId }: Claimed): Promise<Date | null> => {
  const minutes = TRY_AGAIN_MINUTES[tryCount];
  const [person] = await clubPeople(tx, ctx, { userId });
  if (minutes === undefined || person === undefined) {
    return null;
  }
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
  return tellableAt(kind, { now: new Date(tx.now.getTime() + minutes * 60_000), timeZone, quiet: person.settings.quiet });
};

type Claimed = {
  readonly id: Id<"notificationDelivery">;
  readonly way: OutwardWay;
  readonly tryCount: number;
  readonly kind: NotificationKind;
  readonly userId: string;
  readonly title: string;
  readonly detail: string;
  readonly path: string;
  readonly isOver: boolean;
};

/** Two of them at once wait for each other here; the second finds nothing due. */
const claim = async (tx: ServiceTx, ctx: ServiceContext, id: Id<"notificationDelivery">): Promise<Claimed | null> => {
  const [row] = await tx.db.$queryRaw<Claimed[]>`
    select d.id, d.way, d."tryCount", n.kind, n."userId", n.title, n.detail, n.path, (n."readAt" is not null or n."settledAt" is not null) as "isOver"
    from "NotificationDelivery" d join "Notification" n on n.id = d."notificationId" and n."clubId" = d."clubId"
    where d.id = ${id} and d."clubId" = ${ctx.clubId} and d.status = 'due' and d."dueAt" <= ${tx.now} for update of d`;
  return row ?? null;
};

const plan = async (tx: ServiceTx, ctx: ServiceContext, delivery: Claimed): Promise<Planned> => {
  if (delivery.isOver) {
    return { kind: "dropped", reason: "seen_or_done" };
  }
  const [person] = await clubPeople(tx, ctx, { userId: delivery.userId });
  if (person === undefined) {
    return { kind: "dropped", reason: "has_left" };
  }
  return PLANS[delivery.way](tx, ctx, { person, letter: await letterOf(tx, ctx, delivery) });
};

type Way = (tx: ServiceTx, ctx: ServiceContext, sent: { readonly person: ClubPerson; readonly letter: Letter }) => Promise<Planned>;

const PLANS: Readonly<Record<OutwardWay, Way>> = {
  sms: planText,
  email: planMail,
  slack: planSlack,
  push: planPush,
};

const letterOf = async (tx: ServiceTx, ctx: ServiceContext, { detail, id, kind, path, title }: Claimed): Promise<Letter> => {
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, slug: true } });
  const url = new URL(`/${club.slug}/${path}`, env.APP_URL).toString();
  return { key: `notification:${id}`, kind, clubName: club.name, title, detail, url };
};
