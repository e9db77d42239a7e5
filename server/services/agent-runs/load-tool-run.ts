import "server-only";

import type { Capability } from "#server/connectors/ports.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import type { Policy } from "#server/domain/policy.ts";
import { Provider } from "#server/domain/vocabulary-schemas.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { boundMember } from "#server/services/people/bound-member.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

export type ToolCapability = Capability;

/** What the checks of a tool call need to know of the run that asks. */
export type ToolRunFacts = {
  readonly conversationId: Id<"conversation">;
  readonly messageId: Id<"message">;
  readonly isBound: boolean;
  /** What the club's connections in use can do. */
  readonly capabilities: readonly Capability[];
  readonly policy: Policy;
  /** Calls of this run that were answered, by the name of the tool. */
  readonly callCounts: Readonly<Record<string, number>>;
};

/** Null when the run is gone or has ended. */
export const loadToolRun = async (ctx: ServiceContext, { runId }: { readonly runId: string }): Promise<ToolRunFacts | null> => {
  assertCan(ctx, "agent.run");
  return withClub(ctx, async (tx) => {
    const run = await tx.db.agentRun.findFirst({
      where: { id: runId, clubId: ctx.clubId, status: "running" },
      select: { conversationId: true, messageId: true },
    });
    if (run === null) {
      return null;
    }
    const calls = await tx.db.toolCall.groupBy({
      by: ["name"],
      where: { clubId: ctx.clubId, agentRunId: runId, outcome: { not: "requested" } },
      _count: { id: true },
    });
    return {
      conversationId: asId("conversation", run.conversationId),
      messageId: asId("message", run.messageId),
      isBound: (await boundMember(tx, ctx, run.conversationId)) !== null,
      capabilities: await capabilitiesOf(tx.db.connection, ctx),
      policy: (await resolvedPolicy(tx, ctx)).policy,
      callCounts: Object.fromEntries(calls.map(({ name, _count }) => [name, _count.id])),
    };
  });
};

type Connections = Parameters<Parameters<typeof withClub>[1]>[0]["db"]["connection"];

/** What the vendors of the connections in use can do. */
export const capabilitiesOf = async (connections: Connections, { clubId }: { readonly clubId: string }): Promise<readonly Capability[]> => {
  const rows = await connections.findMany({
    where: { clubId, archivedAt: null, status: { in: ["active", "degraded"] } },
    select: { provider: true },
  });
  return [...new Set(rows.flatMap(({ provider }) => CONNECTORS[Provider.parse(provider)]?.setup.capabilities ?? []))];
};
