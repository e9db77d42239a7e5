import "server-only";

import { z } from "zod";

import { actorId } from "#server/domain/actor.ts";
import { notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { RehearsalContact, RehearsalTurns, TestExpectation } from "#server/domain/rehearsal.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/** Chosen by us: more than a batch can run in a few minutes. */
export const TEST_CONVERSATIONS_MAX = 200;

const Written = {
  name: z.string().trim().min(1).max(120),
  contact: RehearsalContact,
  turns: RehearsalTurns,
  expectation: TestExpectation,
};

export const KeepTestInput = z.object({ testId: idSchema("testConversation").optional(), ...Written });

export type TestConversation = {
  readonly id: Id<"testConversation">;
  readonly name: string;
  readonly contact: RehearsalContact;
  readonly turns: z.infer<typeof RehearsalTurns>;
  readonly expectation: TestExpectation;
  readonly updatedAt: Date;
};

/** Keeps a conversation as a test, or changes a kept one. @throws `not_found` for a test of another club */
export const keepTest = async (ctx: ServiceContext, raw: z.input<typeof KeepTestInput>): Promise<{ testId: Id<"testConversation"> }> => {
  assertCan(ctx, "agent.rehearse");
  const { testId, ...written } = KeepTestInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    if (testId !== undefined) {
      const { count } = await tx.db.testConversation.updateMany({
        where: { id: testId, clubId: ctx.clubId, archivedAt: null },
        data: { ...written, updatedAt: tx.now },
      });
      if (count === 0) {
        throw notFound("test conversation");
      }
      await recordAudit(tx, ctx, { action: "test.changed", entityId: testId });
      return { testId };
    }
    const id = newId("testConversation");
    await tx.db.testConversation.createMany({
      data: {
        id,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        ...written,
        createdById: actorId(ctx.actor) ?? "",
        createdAt: tx.now,
        updatedAt: tx.now,
      },
    });
    await recordAudit(tx, ctx, { action: "test.kept", entityId: id });
    return { testId: id };
  });
};

export const ArchiveTestInput = z.object({ testId: idSchema("testConversation") });

/** Takes a test out of the batch. @throws `not_found` */
export const archiveTest = async (ctx: ServiceContext, raw: z.input<typeof ArchiveTestInput>): Promise<void> => {
  assertCan(ctx, "agent.rehearse");
  const { testId } = ArchiveTestInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.testConversation.updateMany({
      where: { id: testId, clubId: ctx.clubId, archivedAt: null },
      data: { archivedAt: tx.now, updatedAt: tx.now },
    });
    if (count === 0) {
      throw notFound("test conversation");
    }
    await recordAudit(tx, ctx, { action: "test.archived", entityId: testId });
  });
};

/** The club's tests by name. */
export const listTests = async (ctx: ServiceContext): Promise<readonly TestConversation[]> => {
  assertCan(ctx, "agent.rehearse");
  const rows = await withClub(ctx, (tx) =>
    tx.db.testConversation.findMany({
      where: { clubId: ctx.clubId, archivedAt: null },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: TEST_CONVERSATIONS_MAX,
      select: { id: true, name: true, contact: true, turns: true, expectation: true, updatedAt: true },
    }),
  );
  return rows.map((row) => ({
    id: row.id as Id<"testConversation">,
    name: row.name,
    contact: RehearsalContact.parse(row.contact),
    turns: RehearsalTurns.parse(row.turns),
    expectation: TestExpectation.parse(row.expectation),
    updatedAt: row.updatedAt,
  }));
};
