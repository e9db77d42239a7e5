import type { ActResult, ContactPort } from "../acts.ts";
import type { JsonValue } from "../ports.ts";
import type { OpenPhoneClient } from "./client.ts";
import type { Contact } from "./schemas.ts";

type Input = Parameters<ContactPort["save"]>[0];
type Field = { readonly id?: string; readonly name: string; readonly value: string };

/** How the vendor's address book says who keeps a contact. */
const SOURCE = "spotter";

/**
 * Finds the contact by our own id, then names it. What staff have added there stays: a number or address of ours is added
 * to the lists, never put in their place, and nothing is written where nothing changes.
 */
export const saveContact = async (client: OpenPhoneClient, input: Input): Promise<ActResult> => {
  const known = await client.findContact(input.contactId);
  if (known === null) {
    const made = await client.createContact({ defaultFields: fieldsOf(input, null), externalId: input.contactId, source: SOURCE });
    return { vendorReference: made.id };
  }
  if (isAsWanted(input, known)) {
    return { vendorReference: known.id };
  }
  const changed = await client.changeContact(known.id, { defaultFields: fieldsOf(input, known) });
  return { vendorReference: changed.id };
};

const fieldsOf = (input: Input, known: Contact | null): { readonly [name: string]: JsonValue } => ({
  firstName: input.firstName,
  ...(input.lastName === null ? {} : { lastName: input.lastName }),
  phoneNumbers: withValue(known?.defaultFields.phoneNumbers ?? [], { name: "Mobile", value: input.phone }),
  emails: withValue(known?.defaultFields.emails ?? [], { name: "Email", value: input.email }),
});

const isAsWanted = ({ firstName, lastName, phone, email }: Input, { defaultFields }: Contact): boolean =>
  defaultFields.firstName === firstName &&
  (lastName === null || defaultFields.lastName === lastName) &&
  isListed(defaultFields.phoneNumbers ?? [], phone) &&
  isListed(defaultFields.emails ?? [], email);

type Listed = NonNullable<Contact["defaultFields"]["emails"]>;

const isListed = (fields: Listed, value: string | null): boolean => value === null || fields.some((field) => field.value === value);

const withValue = (fields: Listed, { name, value }: { readonly name: string; readonly value: string | null }): Field[] => {
  const kept = fields.flatMap(({ id, name: label, value: text }): Field[] =>
    typeof text === "string" ? [{ ...(typeof id === "string" ? { id } : {}), name: label, value: text }] : [],
  );
  return value === null || isListed(fields, value) ? kept : [...kept, { name, value }];
};
