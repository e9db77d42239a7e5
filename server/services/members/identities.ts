import "server-only";

import type { Provider } from "#server/domain/vocabulary.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { Addresses } from "#server/services/members/records.ts";

/** Where people come from: the list of a connection, or an uploaded file. */
export type Source = {
  /** Null for a file. */
  readonly connectionId: string | null;
  readonly provider: Provider | null;
  /** Start of the pass that lists them. */
  readonly seenAt: Date;
};

/** Ids that are made of name and addresses name a row of a file, not a person of a vendor: the same person may have several. */
export const MADE_ID_PREFIX = "row:";
export const isMadeId = (externalId: string): boolean => externalId.startsWith(MADE_ID_PREFIX);

/** Whose word counts for the row of a person whom several sources know: the books of the club before all others, a file last. */
const RANKS: Partial<Record<Provider, number>> = { clubhub: 0, clubos: 1 };
const RANK_OF_OTHERS = 2;
const RANK_OF_FILES = 3;
export const rankOf = (provider: string | null): number =>
  provider === null ? RANK_OF_FILES : (RANKS[provider as Provider] ?? RANK_OF_OTHERS);

const IDENTITY = {
  id: true,
  connectionId: true,
  externalId: true,
  phone: true,
  email: true,
  connection: { select: { provider: true } },
} as const;

const LIVE_IDENTITIES = { where: { archivedAt: null }, orderBy: { id: "asc" }, select: IDENTITY } as const;

const RECORD = {
  id: true,
  contactId: true,
  connectionId: true,
  externalId: true,
  firstName: true,
  lastName: true,
  archivedAt: true,
} as const;

export const MEMBER = {
  ...RECORD,
  status: true,
  balanceMinor: true,
  membershipType: true,
  phone: true,
  email: true,
  identities: LIVE_IDENTITIES,
} as const;

export const PROSPECT = { ...RECORD, phone: true, email: true, identities: LIVE_IDENTITIES } as const;

export type KnownIdentity = Awaited<ReturnType<typeof knownIdentities>> extends ReadonlyMap<string, infer Row> ? Row : never;
export type MemberRecord = NonNullable<KnownIdentity["member"]>;
export type ProspectRecord = NonNullable<KnownIdentity["prospect"]>;
type AnyRecord = MemberRecord | ProspectRecord;

/** What is known of the people a source lists, by the source's own ids. */
export const knownIdentities = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connectionId, externalIds }: { readonly connectionId: string | null; readonly externalIds: readonly string[] },
) => {
  const rows = await tx.db.memberIdentity.findMany({
    where: { clubId: ctx.clubId, connectionId, externalId: { in: [...externalIds] } },
    select: { ...IDENTITY, kind: true, sourceHash: true, archivedAt: true, member: { select: MEMBER }, prospect: { select: PROSPECT } },
  });
  return new Map(rows.map((row) => [row.externalId, row]));
};

const isOf = (record: AnyRecord, { connectionId, externalId }: { connectionId: string | null; externalId: string }): boolean =>
  record.connectionId === connectionId && record.externalId === externalId;

/** Whether this source decides what stands in the row: it does already, or it comes before the one that did. */
export const isLeading = (record: AnyRecord, { source, externalId }: { readonly source: Source; readonly externalId: string }): boolean => {
  if (isOf(record, { connectionId: source.connectionId, externalId })) {
    return true;
  }
  const leader = record.identities.find((identity) => isOf(record, identity));
  return leader === undefined || rankOf(source.provider) < rankOf(leader.connection?.provider ?? null);
};

/** Whether a source has the person under another id already: a vendor's two entries stay two records. */
export const isTakenBy = (record: AnyRecord, { source, externalId }: { readonly source: Source; readonly externalId: string }): boolean =>
  !isMadeId(externalId) &&
  record.identities.some(
    (identity) => identity.connectionId === source.connectionId && identity.externalId !== externalId && !isMadeId(identity.externalId),
  );

type Merge = { readonly source: Source; readonly externalId: string; readonly person: Addresses; readonly isLeader: boolean };

/** The leading source's addresses, and where it has none, those of the others in the order they came. */
export const mergedAddresses = (record: AnyRecord, { source, externalId, person, isLeader }: Merge): Addresses => {
  const others = record.identities.filter((other) => !(other.connectionId === source.connectionId && other.externalId === externalId));
  const leader = others.find((identity) => isOf(record, identity));
  const ordered: readonly Addresses[] = isLeader
    ? [person, ...others]
    : [...(leader === undefined ? [] : [leader]), ...others.filter((identity) => identity !== leader), person];
  return {
    phone: ordered.find(({ phone }) => phone !== null)?.phone ?? null,
    email: ordered.find(({ email }) => email !== null)?.email ?? null,
  };
};
