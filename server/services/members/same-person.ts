import type { VendorMember } from "#server/connectors/ports.ts";

export type KnownContact = {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly displayName: string;
  /** Of the members it is linked to. */
  readonly birthDates: readonly string[];
};

type Person = Pick<VendorMember, "firstName" | "lastName" | "phone" | "email" | "dateOfBirth">;

/**
 * Whether a contact that has one of a person's addresses is that person. Another name or another day of birth says no:
 * families share numbers, and father and son share names. A contact without a name is whoever has the address,
 * unless several people of the page have it.
 */
export const isSamePerson = (contact: KnownContact, person: Person, sharedAddresses: ReadonlySet<string>): boolean => {
  if (person.dateOfBirth !== null && contact.birthDates.length > 0 && !contact.birthDates.includes(person.dateOfBirth)) {
    return false;
  }
  if (contact.lastName !== null) {
    return folded(`${contact.firstName ?? ""} ${contact.lastName}`) === personKey(person);
  }
  if (hasName(contact)) {
    return [personKey(person), folded(person.firstName)].includes(folded(contact.displayName));
  }
  return ![person.phone, person.email].some((address) => address !== null && sharedAddresses.has(address));
};

/** Whoever wrote before anybody knew them is called by their address, or not at all (messages/find-place.ts). */
const hasName = ({ firstName, displayName }: KnownContact): boolean =>
  firstName !== null || !(/^\+?\d+$/.test(displayName) || displayName.includes("@") || displayName === "Unknown sender");

/** The name as it is compared: "José  RUIZ" and "Jose Ruiz" are one. */
export const personKey = ({ firstName, lastName }: Pick<Person, "firstName" | "lastName">): string => folded(`${firstName} ${lastName}`);

const folded = (name: string): string => name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(/\s+/g, " ").trim();
