import "server-only";

import type { VendorMember } from "#server/connectors/ports.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import {
  isMadeId,
  isTakenBy,
  MEMBER,
  PROSPECT,
  type MemberRecord,
  type ProspectRecord,
  type Source,
} from "#server/services/members/identities.ts";

type Person = { readonly contactId: string; readonly externalId: string };

/** Records that other sources have brought, by the contact they belong to. */
export type Hosts = {
  /** The one record that this person is; null when there is none, or when several could be meant. */
  readonly find: (person: Person & { readonly kind: VendorMember["kind"] }) => MemberRecord | ProspectRecord | null;
  /** A record has got its entry of this source, and is no host for a second one. */
  readonly claim: (recordId: string, externalId: string) => void;
  /** Prospects of a contact who is a member now. */
  readonly prospectsOf: (person: Person) => readonly string[];
};

/**
 * A contact is one person (link-contacts.ts sees to that, by address, name and day of birth), so its one live record is
 * the same person as somebody whom another source lists under that contact.
 */
export const hostsOf = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { source, contactIds }: { readonly source: Source; readonly contactIds: readonly string[] },
): Promise<Hosts> => {
  const where = { clubId: ctx.clubId, contactId: { in: [...new Set(contactIds)] }, archivedAt: null };
  const members = Map.groupBy(await tx.db.member.findMany({ where, select: MEMBER }), ({ contactId }) => contactId);
  const prospects = Map.groupBy(await tx.db.prospect.findMany({ where, select: PROSPECT }), ({ contactId }) => contactId);
  const claimed = new Set<string>();
  const free = <R extends MemberRecord | ProspectRecord>(records: readonly R[] | undefined, externalId: string): readonly R[] =>
    (records ?? []).filter((record) => !isTakenBy(record, { source, externalId }) && (isMadeId(externalId) || !claimed.has(record.id)));
  return {
    find: ({ contactId, kind, externalId }) => {
      const own = free(members.get(contactId), externalId);
      const candidates = own.length === 0 && kind === "prospect" ? free(prospects.get(contactId), externalId) : own;
      return candidates.length === 1 ? (candidates[0] ?? null) : null;
    },
    claim: (recordId, externalId) => {
      if (!isMadeId(externalId)) {
        claimed.add(recordId);
      }
    },
    prospectsOf: ({ contactId, externalId }) => free(prospects.get(contactId), externalId).map(({ id }) => id),
  };
};
