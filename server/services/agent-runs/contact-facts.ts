import "server-only";

import { formatInTimeZone } from "#server/domain/local-time.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { balanceReadAt } from "#server/services/members/balance-read-at.ts";
import type { Binding } from "#server/services/people/binding.ts";

/** The customer's rule: a balance older than this is a reason to hold, and is told to nobody. */
const BALANCE_FRESH_MINUTES = 60;
const MINUTE_MS = 60_000;

type ContactSituation = Situation["contact"];

type Sender = {
  readonly contactId: string;
  /** Who they have proven to be from an address that does not say so; absent = nobody. */
  readonly memberId?: string | null;
  readonly binding: Binding;
  readonly timeZone: string;
};

/** What is known of a contact: who they are for certain, and only then what their account says. */
export const contactFacts = async (
  tx: Tx,
  ctx: ServiceContext,
  { contactId, memberId = null, binding, timeZone }: Sender,
): Promise<ContactSituation> => {
  const contact = await tx.db.contact.findFirstOrThrow({
    where: { id: contactId, clubId: ctx.clubId },
    select: { firstName: true, isAgentOff: true },
  });
  const where = { clubId: ctx.clubId, contactId, archivedAt: null };
  const member = await tx.db.member.findFirst({
    where: memberId === null ? where : { id: memberId, clubId: ctx.clubId, archivedAt: null },
    select: { id: true, firstName: true, status: true, balanceMinor: true, currency: true, lastVisitAt: true, membershipType: true },
  });
  const prospectCount = member === null ? await tx.db.prospect.count({ where }) : 0;
  const isBound = binding === "bound" && member !== null;
  const readAt = member === null ? null : await balanceReadAt(tx, { clubId: ctx.clubId, memberId: member.id });
  const isFresh = readAt !== null && tx.now.getTime() - readAt.getTime() < BALANCE_FRESH_MINUTES * MINUTE_MS;
  return {
    // A first name may stand in an answer only where the sender is known to be that person.
    firstName: binding !== "bound" ? null : memberId === null ? contact.firstName : (member?.firstName ?? null),
    kind: member !== null ? "member" : prospectCount > 0 ? "prospect" : "unknown",
    binding,
    isPastDue: isBound && (!isFresh || member.balanceMinor === null || member.balanceMinor > 0n),
    isAgentOff: contact.isAgentOff,
    facts: isBound
      ? {
          status: member.status,
          balanceMinor: isFresh && member.balanceMinor !== null ? String(member.balanceMinor) : null,
          currency: member.currency,
          lastVisitOn: member.lastVisitAt === null ? null : formatInTimeZone(member.lastVisitAt, timeZone, "yyyy-MM-dd"),
          membershipType: member.membershipType,
        }
      : null,
  };
};
