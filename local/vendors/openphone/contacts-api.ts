import { randomUUID } from "node:crypto";

import type { Hono } from "hono";
import { z } from "zod";

import type { Env } from "./api.ts";
import type { ContactField, StoredContact } from "./entries.ts";
import { pageOf } from "./pages.ts";
import type { PhoneSystem } from "./phone-system.ts";
import { refuse } from "./refusals.ts";

const Field = z.object({ id: z.string().optional(), name: z.string().min(1), value: z.string().min(1) });
const DefaultFields = z.object({
  firstName: z.string().min(1),
  lastName: z.string().nullish(),
  emails: z.array(Field).optional(),
  phoneNumbers: z.array(Field.extend({ value: z.string().regex(/^\+[1-9]\d{7,14}$/) })).optional(),
});
const NewContact = z.object({ defaultFields: DefaultFields, externalId: z.string().min(1).optional(), source: z.string().optional() });
const ChangedContact = z.object({ defaultFields: DefaultFields.partial() });

/** The address book of a workspace: found by ids of other systems only. */
export const addContacts = (app: Hono<Env>, system: PhoneSystem): void => {
  app.get("/v1/contacts", (c) => {
    const query = new URL(c.req.url).searchParams;
    const externalIds = new Set(query.getAll("externalIds"));
    if (externalIds.size === 0 || !query.has("maxResults")) {
      return refuse(c, "invalid");
    }
    const found = system.contactsOf(c.get("club")).filter(({ externalId }) => externalId !== null && externalIds.has(externalId));
    return c.json(pageOf(found.map(contactView), query));
  });

  app.post("/v1/contacts", async (c) => {
    const body = NewContact.safeParse(await c.req.json().catch(() => null));
    if (!body.success) {
      return refuse(c, "invalid");
    }
    const { defaultFields, externalId = null, source = null } = body.data;
    const { firstName, lastName = null, emails = [], phoneNumbers = [] } = defaultFields;
    const named = { firstName, lastName, emails: withIds(emails), phoneNumbers: withIds(phoneNumbers) };
    return c.json({ data: contactView(system.saveContact({ id: null, clubId: c.get("club").id, externalId, source, ...named })) }, 201);
  });

  app.patch("/v1/contacts/:id", async (c) => {
    const contact = system.contactsOf(c.get("club")).find(({ id }) => id === c.req.param("id"));
    const body = ChangedContact.safeParse(await c.req.json().catch(() => null));
    if (!body.success || contact === undefined) {
      return refuse(c, body.success ? "missing" : "invalid");
    }
    const { firstName, lastName, emails, phoneNumbers } = body.data.defaultFields;
    const changed: StoredContact = {
      ...contact,
      ...(firstName === undefined ? {} : { firstName }),
      ...(lastName === undefined ? {} : { lastName }),
      ...(emails === undefined ? {} : { emails: withIds(emails) }),
      ...(phoneNumbers === undefined ? {} : { phoneNumbers: withIds(phoneNumbers) }),
    };
    return c.json({ data: contactView(system.saveContact(changed)) });
  });
};

/** A list that is sent takes the place of the one that stands there. */
const withIds = (fields: readonly z.infer<typeof Field>[]): ContactField[] =>
  fields.map(({ id = randomUUID(), name, value }) => ({ id, name, value }));

const contactView = ({ id, externalId, source, firstName, lastName, emails, phoneNumbers }: StoredContact) => ({
  id,
  externalId,
  source,
  defaultFields: { firstName, lastName, company: null, role: null, emails, phoneNumbers },
  customFields: [],
});
