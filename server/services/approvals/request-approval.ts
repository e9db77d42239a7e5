import "server-only";

import type { ApprovalBasis } from "#server/domain/approval-basis.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Role } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { tellPeople, type Told } from "#server/services/notifications/tell-people.ts";

/** What has to be let happen, by whom, and until when. */
export type ApprovalNeed = {
  readonly requiredRole: Role;
  readonly summary: string;
  readonly expiresAt: Date;
  /** So many different people must say yes; one where it is left out. */
  readonly requiredCount?: number;
};

type Request = ApprovalNeed & {
  readonly effectId: Id<"effect">;
  readonly effectKind: string;
  readonly argumentsHash: string;
  readonly conversationId: string | null;
  readonly basis: ApprovalBasis;
  /** The question that no longer holds, and what is different since it was asked. */
  readonly replaces?: { readonly id: string; readonly changes: readonly string[] };
};

/** Puts the question before the club's people. Part of the transaction that plans the deed, or asks anew. */
export const requestApproval = async (tx: ServiceTx, ctx: ServiceContext, request: Request): Promise<Id<"approval">> => {
  const id = newId("approval");
  await tx.db.approval.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      effectId: request.effectId,
      conversationId: request.conversationId,
      requiredRole: request.requiredRole,
      requiredCount: request.requiredCount ?? 1,
      argumentsHash: request.argumentsHash,
      basis: request.basis,
      status: "pending",
      summary: request.summary,
      requestedAt: tx.now,
      expiresAt: request.expiresAt,
      ...(request.replaces === undefined ? {} : { replacesId: request.replaces.id, changes: [...request.replaces.changes] }),
    },
  });
  tx.news.changes.push({
    topic: "approval",
    conversationId: request.conversationId,
    event: { name: "approval/requested", data: { approvalId: id } },
  });
  await tellPeople(tx, ctx, { ...wordsOf(request), path: "approvals", subjectId: id, leastRole: request.requiredRole });
  return id;
};

/** A draft holds a member's matter, so it is read where it is decided; what a deed comes to stands in its sentence. */
const wordsOf = ({ effectKind, summary }: Request): Pick<Told, "kind" | "title" | "detail"> =>
  effectKind === "message.send"
    ? { kind: "draft", title: "An answer waits for your yes", detail: "Open it to read it, change it, send it or turn it down." }
    : { kind: "approval", title: "Something waits for your yes", detail: summary };
