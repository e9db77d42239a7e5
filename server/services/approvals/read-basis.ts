import "server-only";

import { z } from "zod";

import { restsOn, type ApprovalBasis, type MemberBasis } from "#server/domain/approval-basis.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

type Deed = {
  readonly kind: string;
  readonly purpose: string;
  readonly contactId: string | null;
  /** As they stand in the row of the effect. */
  readonly arguments: unknown;
};

const Arguments = z.record(z.string(), z.json());
/** Where a deed names a member itself. */
const Member = z.object({ memberId: z.string() });
const Named = z.object({ memberId: z.string().optional(), payer: Member.optional(), cases: z.array(Member).optional() });

/** What an approval of this deed rests on as it is now: read when it is asked, when it is given and when the deed goes out. */
export const readBasis = async (tx: Tx, ctx: Pick<ServiceContext, "clubId">, deed: Deed): Promise<ApprovalBasis> => {
  const args = Arguments.parse(deed.arguments);
  const rests = restsOn({ ...deed, arguments: args });
  return { arguments: args, members: rests.balance || rests.access ? await membersOf(tx, ctx, { deed, rests }) : [] };
};

type Asked = { readonly deed: Deed; readonly rests: ReturnType<typeof restsOn> };

const membersOf = async (tx: Tx, { clubId }: Pick<ServiceContext, "clubId">, { deed, rests }: Asked): Promise<MemberBasis[]> => {
  const named = Named.safeParse(deed.arguments).data;
  const ids = [named?.memberId, named?.payer?.memberId, ...(named?.cases ?? []).map(({ memberId }) => memberId)].filter(
    (id) => id !== undefined,
  );
  const rows = await tx.db.member.findMany({
    where: {
      clubId,
      archivedAt: null,
      OR: [{ id: { in: ids } }, ...(deed.contactId === null ? [] : [{ contactId: deed.contactId }])],
    },
    orderBy: { id: "asc" },
    select: { id: true, balanceMinor: true, currency: true, accessState: true, status: true },
  });
  return rows.map(({ accessState, balanceMinor, currency, id, status }) => ({
    id,
    currency,
    ...(rests.balance ? { balanceMinor: balanceMinor === null ? null : String(balanceMinor) } : {}),
    ...(rests.access ? { accessState, status } : {}),
  }));
};
