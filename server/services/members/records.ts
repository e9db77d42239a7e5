import "server-only";

import type { VendorMember } from "#server/connectors/ports.ts";
import { addressKey, sha256 } from "#server/platform/keys.ts";

/** A person of a page, ready to be compared with the row we have. */
export type Incoming = {
  readonly person: VendorMember;
  readonly sourceHash: string;
  /** The vendor could not tell the balance just now: the one we know stays, with the time it was read. */
  readonly isBalanceKept: boolean;
};

type Known = {
  readonly status: string;
  readonly balanceMinor: bigint | null;
  readonly membershipType: string | null;
};

/**
 * @param known the row we have, for people whose balance could not be read just now. It is kept only while the standing
 * is the same: nobody who fell behind may be told of the nothing they owed before.
 */
export const incomingOf = (
  person: VendorMember,
  { known, hasFailed }: { readonly known: Known | null; readonly hasFailed: boolean },
): Incoming => {
  const isBalanceKept = hasFailed && known !== null && known.status === person.status;
  const merged: VendorMember = isBalanceKept
    ? { ...person, balanceMinor: known.balanceMinor, membershipType: person.membershipType ?? known.membershipType }
    : person;
  return { person: merged, sourceHash: hashOf(merged), isBalanceKept };
};

/** Raised when what is stored of a person changes, so that all rows are written anew once. */
const HASH_VERSION = 1;

/** Visits and consents have rows of their own and do not count. */
const hashOf = (person: VendorMember): string =>
  sha256(
    JSON.stringify([
      HASH_VERSION,
      person.kind,
      person.firstName,
      person.lastName,
      person.phone,
      person.email,
      person.status,
      person.statusMessage,
      person.balanceMinor === null ? null : person.balanceMinor.toString(),
      person.currency,
      person.joinedOn,
      person.dateOfBirth,
      person.lastVisitAt?.toISOString() ?? null,
      person.membershipType,
      person.state,
      person.zip,
      // Only where the source tells it: the others' hashes stay as they are.
      ...(person.trainingBalanceMinor == null ? [] : [person.trainingBalanceMinor.toString()]),
    ]),
  );

export type Addresses = { readonly phone: string | null; readonly email: string | null };

export const addressFields = ({ phone, email }: Addresses) => ({
  phone,
  phoneKey: phone === null ? null : addressKey(phone),
  email,
  emailKey: email === null ? null : addressKey(email),
});

export const nameFields = ({ person }: Incoming) => ({ firstName: person.firstName, lastName: person.lastName });

/** Everything of a member's row that its leading source decides, but for the addresses. */
export const memberFields = (incoming: Incoming, now: Date) => {
  const { person, isBalanceKept } = incoming;
  const { status, statusMessage, membershipType, dateOfBirth, joinedOn, lastVisitAt, balanceMinor, currency } = person;
  const training = person.trainingBalanceMinor === undefined ? {} : { trainingBalanceMinor: person.trainingBalanceMinor };
  return {
    ...nameFields(incoming),
    status,
    statusMessage,
    membershipType,
    dateOfBirth,
    joinedOn,
    lastVisitAt,
    currency,
    ...(isBalanceKept ? {} : { balanceMinor, balanceReadAt: balanceMinor === null ? null : now, ...training }),
    updatedAt: now,
  };
};

/** How the contact of a person is called. */
export const contactNames = ({ firstName, lastName, phone, email }: VendorMember) => ({
  firstName: firstName.trim() || null,
  lastName: lastName.trim() || null,
  displayName: `${firstName} ${lastName}`.trim() || (phone ?? email ?? "Unnamed"),
});
