import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { handlesIn, NOBODY_KNOWN, withoutHandles } from "#server/domain/person-handles.ts";
import { handlesOf } from "#server/platform/handles.ts";
import { runKey } from "#server/platform/keys.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type Names = { readonly nameOf: (handle: string) => string; readonly inText: (text: string) => string };

/** Names for the handles of a thread, from the club's records as they are now; whoever is not there is somebody. */
export const namesFor = async (
  tx: Tx,
  ctx: ServiceContext,
  { texts, threadId }: { readonly threadId: string; readonly texts: readonly string[] },
): Promise<Names> => {
  const handles = handlesOf(runKey({ clubId: ctx.clubId, runId: threadId }));
  const all = [...new Set(texts.flatMap(handlesIn))];
  const members = idsOf(all, (handle) => handles.read("member", handle));
  const prospects = idsOf(all, (handle) => handles.read("prospect", handle));
  const select = { id: true, firstName: true, lastName: true } as const;
  const rows = [
    ...(await tx.db.member.findMany({ where: { clubId: ctx.clubId, id: { in: [...members.values()] } }, select })),
    ...(await tx.db.prospect.findMany({ where: { clubId: ctx.clubId, id: { in: [...prospects.values()] } }, select })),
  ];
  const names = new Map(rows.map(({ firstName, id, lastName }) => [id, `${firstName} ${lastName}`.trim()]));
  const nameOf = (handle: string): string => names.get(members.get(handle) ?? prospects.get(handle) ?? "") ?? NOBODY_KNOWN;
  return { nameOf, inText: (text) => withoutHandles(text, nameOf) };
};

const idsOf = (all: readonly string[], read: (handle: string) => Id<"member"> | Id<"prospect"> | null): ReadonlyMap<string, string> =>
  new Map(
    all.flatMap((handle) => {
      const id = read(handle);
      return id === null ? [] : [[handle, id] as const];
    }),
  );
