import "server-only";

import { parsePhoneNumberFromString } from "libphonenumber-js";
import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { MERGE_FIELD_NAMES, MERGE_FIELDS, render, withOptOut } from "#server/domain/workflows/merge-fields.ts";
import { TEMPLATE_MIN_CHARACTERS, TEMPLATE_ROOM } from "#server/domain/workflows/templates.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { isKnownNumber, TEST_NAME } from "#server/services/alerts/known-number.ts";
import { phonePlace } from "#server/services/alerts/phone-place.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { dispatchEffect, type DispatchResult } from "#server/services/effects/dispatch-effect.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { staffId } from "#server/services/workflows/internal.ts";

export const SendTestTextInput = z.object({
  body: z.string().trim().min(TEMPLATE_MIN_CHARACTERS).max(TEMPLATE_ROOM),
  /** A number as people write it; without a prefix one of North America. */
  to: z.string().trim().min(1).max(40),
  /** Made by the browser once per press, so that a repeated call sends nothing twice. */
  clientKey: z.string().min(8).max(64),
});

const HOUR_MS = 3_600_000;
/** Chosen by us: enough to try every wording of a morning, and too few to write to people with. */
const TESTS_PER_HOUR = 20;

/**
 * Sends a text with examples in its fields, marked as a test, to a phone of the club's own people and never to anybody the club knows as
 * a member, a prospect or a correspondent. @throws `invalid` for no number and for one of theirs, `precondition_failed`, `limit_exceeded`
 */
export const sendTestText = async (ctx: ServiceContext, raw: z.input<typeof SendTestTextInput>): Promise<DispatchResult> => {
  assertCan(ctx, "workflow.run");
  const input = SendTestTextInput.parse(raw);
  const number = parsePhoneNumberFromString(input.to, "US");
  if (number?.isPossible() !== true) {
    throw new DomainError("invalid", "this is no phone number");
  }
  const effectId = await inTransaction(ctx, async (tx) => {
    const userId = staffId(ctx);
    const text = await testText(tx, ctx, { body: input.body, userId });
    await refuseOthers(tx, ctx, number.number);
    await keepWithinLimit(tx, ctx);
    const found = await phonePlace(tx, ctx, { phone: number.number, name: TEST_NAME });
    if (found === null) {
      throw new DomainError("precondition_failed", "no channel of this club can send a text now");
    }
    const id = await planEffect(tx, ctx, {
      effectKey: `test:${userId}:${input.clientKey}`,
      kind: "message.send",
      plannedBy: "staff",
      plannedByUserId: userId,
      needsApproval: null,
      connectionId: found.connectionId,
      channelId: found.place.channelId,
      conversationId: found.place.conversationId,
      contactId: found.place.contactId,
      addressKey: found.place.addressKey,
      channelKind: "sms",
      purpose: "service",
      arguments: { to: found.phone, recipientExternalId: null, text },
    });
    await recordAudit(tx, ctx, { action: "template.tested", entityId: id });
    return id;
  });
  return dispatchEffect(ctx, { effectId });
};

/** As it would read for whoever sends it: their own name and club, examples for the rest. */
const testText = async (tx: Tx, ctx: ServiceContext, { body, userId }: { readonly body: string; readonly userId: string }) => {
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true } });
  const user = await tx.db.user.findFirst({ where: { id: userId }, select: { name: true } });
  const examples = Object.fromEntries(MERGE_FIELD_NAMES.map((field) => [field, MERGE_FIELDS[field].example]));
  const rendered = render(body, {
    ...examples,
    first_name: user?.name.split(" ")[0] ?? "",
    club_name: club.name,
    ...(club.phone === null ? {} : { club_phone: club.phone }),
  });
  if (rendered.kind === "missing") {
    throw new DomainError("invalid", `{{${rendered.fields[0]}}} is no field`);
  }
  return `[Test] ${withOptOut(rendered.text)}`;
};

/** A number the club knows somebody by is nobody to try a text on; its own phones are, and numbers nobody has written from. */
const refuseOthers = async (tx: ServiceTx, ctx: ServiceContext, phone: string): Promise<void> => {
  const own = await ownNumbers(tx, ctx);
  if (own.some((one) => one.phone === phone)) {
    return;
  }
  if (await isKnownNumber(tx, ctx, phone)) {
    throw new DomainError("invalid", "this number belongs to somebody the club knows; tests go to the club’s own people");
  }
};

const keepWithinLimit = async (tx: ServiceTx, ctx: ServiceContext): Promise<void> => {
  const used = await tx.db.effect.count({
    where: { clubId: ctx.clubId, effectKey: { startsWith: "test:" }, createdAt: { gt: new Date(tx.now.getTime() - HOUR_MS) } },
  });
  if (used >= TESTS_PER_HOUR) {
    throw new DomainError("limit_exceeded", "this club has sent its tests of the hour", { details: { limit: TESTS_PER_HOUR, used } });
  }
};

type TestNumber = { readonly label: string; readonly phone: string };

/** The phones of the club's own people that the club has told. */
export const listTestNumbers = async (ctx: ServiceContext): Promise<readonly TestNumber[]> => {
  assertCan(ctx, "workflow.run");
  return withClub(ctx, (tx) => ownNumbers(tx, ctx), { fixedNow: ctx.fixedNow });
};

const ownNumbers = async (tx: Tx, ctx: ServiceContext): Promise<readonly TestNumber[]> => {
  const { emergencyPhone, managerPhone } = await tx.db.club.findFirstOrThrow({
    where: { id: ctx.clubId },
    select: { managerPhone: true, emergencyPhone: true },
  });
  return [
    ...(managerPhone === null ? [] : [{ label: "Manager’s phone", phone: managerPhone }]),
    ...(emergencyPhone === null || emergencyPhone === managerPhone ? [] : [{ label: "Emergency line", phone: emergencyPhone }]),
  ];
};
