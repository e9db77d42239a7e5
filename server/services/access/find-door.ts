import "server-only";

import { z } from "zod";

import { ConnectorError } from "#server/connectors/errors.ts";
import { hasValidAccess } from "#server/domain/automations.ts";
import { meantDoor } from "#server/domain/door-words.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { log } from "#server/platform/logger.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { connectionsWith } from "#server/services/connections/with-capability.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { boundMember } from "#server/services/people/bound-member.ts";

export const FindDoorInput = z.object({
  conversationId: idSchema("conversation"),
  /** What the member wrote: it may name the door. */
  words: z.string().max(2_000),
});

export type Door = {
  readonly connectionId: Id<"connection">;
  readonly doorExternalId: string;
  readonly doorName: string;
  /** As the club has told; null = nobody has. */
  readonly seconds: number | null;
  readonly memberName: string;
};

/** `no_access`: not one known member with an agreement that runs and without a lock. `no_door`: no one door is meant. */
export type FoundDoor = { readonly kind: "ready"; readonly door: Door } | { readonly kind: "no_access" | "no_door" };

/** Whether a door may be asked to be opened for whoever writes in a conversation, and which. Looks, and changes nothing. */
export const findDoor = async (ctx: ServiceContext, raw: z.input<typeof FindDoorInput>): Promise<FoundDoor> => {
  assertCan(ctx, "conversation.read");
  const { conversationId, words } = FindDoorInput.parse(raw);
  const { member, connections } = await withClub(ctx, async (tx) => {
    const bound = await boundMember(tx, ctx, conversationId);
    const connectionIds = await connectionsWith(tx, ctx, "door.pulse");
    return {
      member: bound?.member ?? null,
      connections: await tx.db.connection.findMany({
        where: { clubId: ctx.clubId, id: { in: [...connectionIds] } },
        orderBy: { id: "asc" },
        select: { id: true, settings: true },
      }),
    };
  });
  if (member === null || !hasValidAccess(member)) {
    return { kind: "no_access" };
  }
  const memberName = `${member.firstName} ${member.lastName}`.trim();
  const doors = await listDoors(ctx, connections);
  const meant = meantDoor(words, doors);
  return meant === null ? { kind: "no_door" } : { kind: "ready", door: { ...rest(meant), memberName } };
};

type Listed = Omit<Door, "memberName"> & { readonly name: string };

const rest = ({ name: _name, ...door }: Listed): Omit<Door, "memberName"> => door;

/** The setting is text, as all settings are. */
const Seconds = z.object({ unlockSeconds: z.coerce.number().int().min(1).max(600) });

const listDoors = async (
  ctx: ServiceContext,
  connections: readonly { readonly id: string; readonly settings: unknown }[],
): Promise<readonly Listed[]> => {
  const found: Listed[] = [];
  for (const { id, settings } of connections) {
    const connectionId = id as Id<"connection">;
    try {
      const connector = await openConnector(ctx, { connectionId });
      const seconds = Seconds.safeParse(settings).data?.unlockSeconds ?? null;
      const doors = (await connector.doors?.list()) ?? [];
      const remote = doors.filter(({ isRemote }) => isRemote);
      found.push(...remote.map(({ externalId, name }) => ({ connectionId, doorExternalId: externalId, doorName: name, name, seconds })));
    } catch (error) {
      if (!(error instanceof ConnectorError)) {
        throw error;
      }
      log.warn({ err: error, clubId: ctx.clubId, connectionId }, "doors could not be listed");
    }
  }
  return found;
};
