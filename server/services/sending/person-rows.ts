import "server-only";

import type { ChannelKind } from "#server/domain/vocabulary.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

import { grouped } from "./grouped.ts";

/** Whom one message goes to, and where. */
export type Addressee = {
  readonly contactId: string;
  readonly channelKind: ChannelKind;
  readonly addressKey: string;
};

type PersonRecord = {
  readonly contactId: string;
  readonly kind: "member" | "prospect";
  readonly phone: string | null;
  readonly phoneKey: string | null;
  readonly emailKey: string | null;
  readonly dateOfBirth: string | null;
  readonly status: string | null;
};

export type PersonRows = {
  readonly contacts: ReadonlyMap<string, { timeZone: string | null; state: string | null; postalCode: string | null }>;
  /** By contact, as are the records. */
  readonly identities: ReadonlyMap<string, readonly { channelKind: string; address: string | null; addressKey: string }[]>;
  readonly records: ReadonlyMap<string, readonly PersonRecord[]>;
};

const RECORD = { contactId: true, phone: true, phoneKey: true, emailKey: true } as const;

/** The rows of so many people at once: where they live, their addresses and their records. */
export const personRows = async (tx: ServiceTx, { clubId }: ServiceContext, contactIds: readonly string[]): Promise<PersonRows> => {
  const ids = { in: [...contactIds] };
  const contacts = await tx.db.contact.findMany({
    where: { clubId, id: ids },
    select: { id: true, timeZone: true, state: true, postalCode: true },
  });
  const identities = await tx.db.contactIdentity.findMany({
    where: { clubId, contactId: ids },
    select: { contactId: true, channelKind: true, address: true, addressKey: true },
  });
  const live = { clubId, contactId: ids, archivedAt: null };
  const members = await tx.db.member.findMany({ where: live, select: { ...RECORD, dateOfBirth: true, status: true } });
  const prospects = await tx.db.prospect.findMany({ where: live, select: RECORD });
  return {
    contacts: new Map(contacts.map(({ id, ...contact }) => [id, contact])),
    identities: grouped(identities, { key: ({ contactId }) => contactId, value: (row) => row }),
    records: grouped<PersonRecord, PersonRecord>(
      [
        ...members.map((row) => ({ ...row, kind: "member" as const })),
        ...prospects.map((row) => ({ ...row, kind: "prospect" as const, dateOfBirth: null, status: null })),
      ],
      { key: ({ contactId }) => contactId, value: (row) => row },
    ),
  };
};

/**
 * Every key under which a person was, or may be, written to by any club of the franchise, in one order. The number on
 * a record counts as well, so that a message by one road is seen by the others.
 */
export const keysOf = ({ identities, records }: PersonRows, { contactId, addressKey }: Addressee): readonly string[] => {
  const own = [
    addressKey,
    ...(identities.get(contactId) ?? []).map((row) => row.addressKey),
    ...(records.get(contactId) ?? []).flatMap(({ phoneKey, emailKey }) => [phoneKey, emailKey]),
  ];
  return [...new Set(own.filter((key) => key !== null))].toSorted();
};

/** The keys under which a wish for silence about texts may stand: the address itself, and for ClubOS the number behind it. */
export const silenceKeysOf = (rows: PersonRows, { contactId, channelKind, addressKey }: Addressee): readonly string[] => [
  `${channelKind}|${addressKey}`,
  ...(channelKind === "clubos"
    ? (rows.records.get(contactId) ?? []).filter((row) => row.phoneKey !== null).map((row) => `sms|${row.phoneKey}`)
    : []),
];
