import "server-only";

import type { VendorMember } from "#server/connectors/ports.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { hostsOf, type Hosts } from "#server/services/members/find-hosts.ts";
import { isMadeId, knownIdentities, type KnownIdentity, type Source } from "#server/services/members/identities.ts";
import { linkContacts } from "#server/services/members/link-contacts.ts";
import { incomingOf, type Incoming } from "#server/services/members/records.ts";
import { openBatch, type Batch, type RecordId } from "#server/services/members/write-batch.ts";
import { isMember, writeRecord } from "#server/services/members/write-record.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";
import { trackEpisodes } from "#server/services/past-due/track-episodes.ts";

type Input = {
  readonly source: Source;
  /** Each `externalId` once. */
  readonly people: readonly VendorMember[];
  /** The source's ids of people whose balance could not be read just now. */
  readonly hasNoBalance: ReadonlySet<string>;
};

/** `merged`: the person was known by another source, and is now known to be the same. */
export type StoreOutcome = "created" | "changed" | "unchanged" | "merged";

/**
 * Writes the people of one source that are new or changed and leaves all others untouched; somebody whom another source
 * has brought becomes no second record. Returns what became of each, by the source's id.
 */
export const storePeople = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { source, people, hasNoBalance }: Input,
): Promise<ReadonlyMap<string, StoreOutcome>> => {
  const known = await knownIdentities(tx, ctx, {
    connectionId: source.connectionId,
    externalIds: people.map(({ externalId }) => externalId),
  });
  const outcomes = new Map<string, StoreOutcome>(people.map(({ externalId }) => [externalId, "unchanged"]));
  const changed = people
    .filter((person) => !isMemberAlready(person, known.get(person.externalId)))
    .map((person) =>
      incomingOf(person, { known: known.get(person.externalId)?.member ?? null, hasFailed: hasNoBalance.has(person.externalId) }),
    )
    .filter(({ person, sourceHash }) => {
      const identity = known.get(person.externalId);
      return identity === undefined || identity.archivedAt !== null || identity.sourceHash !== sourceHash;
    });
  if (changed.length > 0) {
    const contactOf = await linkContacts(
      tx,
      ctx,
      changed.map(({ person }) => ({ person, contactId: contactIdOf(known.get(person.externalId)) })),
    );
    const contactIds = changed.map(({ person }) => contactOf(person.externalId));
    const work = { source, hosts: await hostsOf(tx, ctx, { source, contactIds }), batch: openBatch(tx, ctx, source), created: new Map() };
    for (const incoming of changed) {
      const { externalId } = incoming.person;
      const one = { incoming, identity: known.get(externalId) ?? null, contactId: contactOf(externalId) };
      outcomes.set(externalId, await storeOne(tx, ctx, { ...work, ...one }));
    }
    await work.batch.flush();
    await trackEpisodes(tx, ctx, { payerIds: await payersOf(tx, ctx, contactIds) });
  }
  await markSeen(tx, ctx, { source, people, hasNoBalance });
  return outcomes;
};

/** A vendor may list somebody who has joined among its prospects for a while longer. */
const isMemberAlready = (person: VendorMember, identity: KnownIdentity | undefined): boolean =>
  person.kind === "prospect" && identity?.kind === "member" && identity.archivedAt === null;

const contactIdOf = (identity: KnownIdentity | undefined): string | null =>
  identity?.member?.contactId ?? identity?.prospect?.contactId ?? null;

type One = {
  readonly source: Source;
  readonly hosts: Hosts;
  readonly batch: Batch;
  /** Records of this batch, by contact. */
  readonly created: Map<string, RecordId>;
  readonly incoming: Incoming;
  readonly identity: KnownIdentity | null;
  readonly contactId: string;
};

const storeOne = async (tx: ServiceTx, ctx: ServiceContext, one: One): Promise<StoreOutcome> => {
  const { source, hosts, batch, created, incoming, identity, contactId } = one;
  const { externalId, kind } = incoming.person;
  const own = ownRecord(one);
  const host = own === null || own.archivedAt !== null ? hosts.find({ contactId, kind, externalId }) : null;
  const record = host ?? own;
  const twin = record === null && isMadeId(externalId) ? created.get(contactId) : undefined;
  const at: RecordId =
    twin ??
    (record === null
      ? batch.create(incoming, contactId)
      : isMember(record)
        ? { memberId: record.id, prospectId: null }
        : { memberId: null, prospectId: record.id });
  if (record === null) {
    created.set(contactId, at);
  } else {
    await writeRecord(tx, ctx, { source, incoming, record });
    hosts.claim(record.id, externalId);
  }
  batch.identify(incoming, at, identity);
  if (at.memberId !== null) {
    batch.absorb(at.memberId, hosts.prospectsOf({ contactId, externalId }));
  }
  return host !== null || twin !== undefined ? "merged" : record === null ? (identity === null ? "created" : "changed") : "changed";
};

/** The record that this entry of the source stands for already; none when the entry has changed its kind. */
const ownRecord = ({ identity, incoming: { person } }: One) => {
  if (identity === null) {
    return null;
  }
  if (person.kind === "member") {
    return identity.member;
  }
  // A prospect of this source may be a member by the word of another; one who has left the members is none any more.
  const { member, prospect } = identity;
  return identity.kind === "prospect" ? (member?.archivedAt === null ? member : prospect) : null;
};

/** Notes that the source still lists them. A member whom it lists only among its prospects has left its list of members. */
const markSeen = async (tx: ServiceTx, ctx: ServiceContext, { source, people, hasNoBalance }: Input): Promise<void> => {
  if (source.connectionId === null || people.length === 0) {
    return;
  }
  const idsOf = (kind: VendorMember["kind"]) => people.filter((person) => person.kind === kind).map(({ externalId }) => externalId);
  await tx.db.$executeRaw`
    update "MemberIdentity" set "seenAt" = ${source.seenAt}, "missingSince" = null,
      "balanceUnreadSince" = case when "externalId" = any(${[...hasNoBalance]}::text[]) then coalesce("balanceUnreadSince", ${tx.now}) end
    where "clubId" = ${ctx.clubId} and "connectionId" = ${source.connectionId}
      and ((kind = 'member' and "externalId" = any(${idsOf("member")}::text[]))
        or (kind = 'prospect' and "externalId" = any(${idsOf("prospect")}::text[])))`;
};
