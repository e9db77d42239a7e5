import "server-only";

import type { ContactPanel } from "#server/domain/contact-panel-view.ts";
import type { ChannelKind, MemberStatus } from "#server/domain/vocabulary.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { provenMember } from "#server/services/identity-checks/proven-member.ts";

/** More records behind one address than this are `shared` all the same. */
const MAX_RECORDS = 5;

type Sender = {
  readonly clubId: string;
  readonly contactId: string;
  readonly channelKind: ChannelKind;
  readonly addressKeys: readonly string[];
  readonly conversationId: string;
};

type Records = Pick<ContactPanel, "binding" | "proof" | "prospect"> & {
  readonly member: (NonNullable<ContactPanel["member"]> & { readonly id: string }) | null;
};

/**
 * The records of the club's system behind the address a contact writes from. Only an address that belongs to exactly
 * one record is tied to it; of a shared one nobody's facts are shown, because they might be somebody else's.
 */
export const readRecords = async (tx: Tx, sender: Sender): Promise<Records> => {
  const members = await readMembers(tx, owns(sender));
  const prospects = await readProspects(tx, sender);
  const isBound = members.length + prospects.length === 1;
  const [member] = members;
  const [prospect] = prospects;
  const binding = isBound ? "bound" : members.length + prospects.length === 0 ? "unknown" : "shared";
  const proof = await provenMember(tx, sender, { ...sender, binding });
  if (proof !== null) {
    const [proven] = await readMembers(tx, { clubId: sender.clubId, archivedAt: null, id: proof.memberId });
    const by = proof.verifiedById === null ? "code" : "staff";
    return { binding, proof: { by, until: proof.expiresAt }, member: proven ?? null, prospect: null };
  }
  return {
    binding,
    proof: null,
    member: isBound && member !== undefined ? member : null,
    prospect: isBound && prospect !== undefined ? prospect : null,
  };
};

/** The vendor's own inbox knows people by its id, not by an address: there the contact's own records count. */
const owns = ({ clubId, contactId, channelKind, addressKeys }: Sender) => {
  const keys = { in: [...addressKeys] };
  const byAddress = { sms: { phoneKey: keys }, email: { emailKey: keys }, clubos: { contactId } } as const satisfies Record<
    ChannelKind,
    object
  >;
  return { clubId, archivedAt: null, ...byAddress[channelKind] };
};

const readMembers = async (tx: Tx, where: Prisma.MemberWhereInput) => {
  const rows = await tx.db.member.findMany({
    where,
    orderBy: { id: "asc" },
    take: MAX_RECORDS,
    select: {
      id: true,
      status: true,
      statusMessage: true,
      membershipType: true,
      accessState: true,
      balanceMinor: true,
      currency: true,
      balanceReadAt: true,
      joinedOn: true,
      lastVisitAt: true,
      visitCount: true,
      email: true,
      phone: true,
    },
  });
  return rows.map((row) => ({ ...row, status: row.status as MemberStatus, balanceMinor: row.balanceMinor?.toString() ?? null }));
};

const readProspects = (tx: Tx, sender: Sender) =>
  tx.db.prospect.findMany({ where: owns(sender), orderBy: { id: "asc" }, take: MAX_RECORDS, select: { source: true, createdOn: true } });
