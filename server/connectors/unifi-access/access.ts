import { z } from "zod";

import type { AccessPort, AccessState } from "../acts.ts";
import { ConnectorError } from "../errors.ts";
import type { NoteStore } from "../ports.ts";
import type { UnifiClient } from "./client.ts";
import { LIST_READS, USER_PAGES } from "./limits.ts";
import { personAmong } from "./map.ts";
import type { User } from "./schemas.ts";

/** What a suspension took away, kept until it is given back. */
const Taken = z.object({ policyIds: z.array(z.string()) });

type World = { readonly client: UnifiClient; readonly notes: NoteStore };

export const createAccess = (world: World): AccessPort => ({
  read: async ({ personExternalId }) => {
    const { status } = await world.client.getUser(personExternalId);
    return { state: stateOf(status), detail: status };
  },
  set: async ({ personExternalId, state }) => {
    await (state === "suspended" ? suspend(world, personExternalId) : restore(world, personExternalId));
    return { vendorReference: personExternalId, state };
  },
  find: async (wanted) => {
    const person = personAmong(await everybody(world.client), wanted);
    return person === null ? null : { personExternalId: person.id };
  },
});

const stateOf = (status: User["status"]): AccessState => (status === "DEACTIVATED" ? "suspended" : "allowed");

const noteName = (userId: string): string => `suspended:${userId}`;

/**
 * Deactivates the person and takes the access policies away, both, because the vendor does not say whether a hub that
 * is offline forgets a deactivated person. Which policies they were is written down before the first of them goes, and
 * a repeated suspension adds to that note.
 */
const suspend = async ({ client, notes }: World, userId: string): Promise<void> => {
  const [{ status }, own] = [await client.getUser(userId), await client.ownPolicies(userId)];
  if (own.length > 0) {
    // Somebody who is active has been let in again since an older note, by whomever: what counts is what they have now.
    const earlier = status === "DEACTIVATED" ? await takenFrom(notes, userId) : [];
    await notes.write(noteName(userId), { policyIds: union(earlier, own) });
  }
  await changing(async (changed) => {
    if (status !== "DEACTIVATED") {
      await client.setStatus({ userId, status: "DEACTIVATED" });
      changed();
    }
    if (own.length > 0) {
      await client.setPolicies({ userId, policyIds: [] });
      changed();
    }
    const after = [await client.getUser(userId), await client.ownPolicies(userId)] as const;
    if (after[0].status !== "DEACTIVATED" || after[1].length > 0) {
      throw contradicted();
    }
  });
};

/** Gives back what was taken, as far as it still exists, beside what somebody has given meanwhile. */
const restore = async ({ client, notes }: World, userId: string): Promise<void> => {
  const [{ status }, own] = [await client.getUser(userId), await client.ownPolicies(userId)];
  const taken = await takenFrom(notes, userId);
  const missing = taken.filter((id) => !own.includes(id));
  const existing = missing.length === 0 ? [] : await client.listPolicies();
  const wanted = union(
    own,
    missing.filter((id) => existing.includes(id)),
  );
  await changing(async (changed) => {
    if (wanted.length > own.length) {
      await client.setPolicies({ userId, policyIds: wanted });
      changed();
    }
    if (status === "DEACTIVATED") {
      await client.setStatus({ userId, status: "ACTIVE" });
      changed();
    }
    const after = [await client.getUser(userId), await client.ownPolicies(userId)] as const;
    if (after[0].status === "DEACTIVATED" || wanted.some((id) => !after[1].includes(id))) {
      throw contradicted();
    }
  });
  if (taken.length > 0) {
    await notes.write(noteName(userId), null);
  }
};

const takenFrom = async (notes: NoteStore, userId: string): Promise<readonly string[]> => {
  const note = await notes.read(noteName(userId));
  return note === null ? [] : Taken.parse(note).policyIds;
};

const union = (first: readonly string[], second: readonly string[]): string[] => [...new Set([...first, ...second])];

const contradicted = (): ConnectorError =>
  new ConnectorError("outcome_unknown", "UniFi Access confirmed the change and shows something else");

/** After the first accepted step no failure may say that nothing has happened. */
const changing = async (work: (changed: () => void) => Promise<void>): Promise<void> => {
  let hasChanged = false;
  try {
    await work(() => {
      hasChanged = true;
    });
  } catch (error) {
    throw hasChanged && error instanceof ConnectorError
      ? new ConnectorError("outcome_unknown", `UniFi Access changed a part only: ${error.message}`, { cause: error })
      : error;
  }
};

/**
 * Everybody the controller knows. The list has no stable order and shifts while it is read, so it counts as read only
 * when it held as many different people as it says there are.
 */
const everybody = async (client: UnifiClient): Promise<readonly User[]> => {
  for (let tries = 0; tries < LIST_READS; tries += 1) {
    const people = new Map<string, User>();
    for (let page = 1; page <= USER_PAGES; page += 1) {
      const { users, total } = await client.listUsers({ page });
      users.forEach((user) => people.set(user.id, user));
      if (total === null ? users.length === 0 : people.size >= total) {
        return [...people.values()];
      }
      if (users.length === 0) {
        break;
      }
    }
  }
  throw new ConnectorError("unavailable", "the list of people in UniFi Access changed while it was read");
};
