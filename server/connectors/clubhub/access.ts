import { isStaffStanding } from "../_shared/gym-standing.ts";
import type { AccessPort, AccessState, NotePort } from "../acts.ts";
import { ConnectorError } from "../errors.ts";
import type { ClubHubClient } from "./client.ts";

/**
 * A ban acts on the key fob: the vendor's own manual check-in still lets a banned member in (seen in 2025), so whether it
 * holds is read back, never tried out.
 */
export const createAccess = (client: ClubHubClient): AccessPort => ({
  read: async ({ personExternalId }) => {
    const isBanned = await client.isBanned(idOf(personExternalId));
    return { state: stateOf(isBanned), detail: isBanned ? "Banned at ClubHub" : null };
  },
  set: async ({ personExternalId, state, note }) => {
    const id = idOf(personExternalId);
    if (state === "suspended") {
      await assertMayBan(client, id);
      await client.ban(id, note);
    } else {
      await client.liftBan(id);
    }
    if (stateOf(await client.isBanned(id)) !== state) {
      // Setting a state may be repeated, so the caller tries again until the vendor shows it.
      throw new ConnectorError("unavailable", "ClubHub has taken the change and does not show it yet", { code: "read_back" });
    }
    return { state, vendorReference: null };
  },
});

export const createNotes = (client: ClubHubClient): NotePort => ({
  add: async ({ personExternalId, text }) => ({ vendorReference: await client.addNote(idOf(personExternalId), text) }),
});

const stateOf = (isBanned: boolean): AccessState => (isBanned ? "suspended" : "allowed");

/** The vendor bans nobody who works at the club; whether it says so clearly is not known, so it is not asked to. */
const assertMayBan = async (client: ClubHubClient, id: string): Promise<void> => {
  const { statusMessage } = await client.getMember(id);
  if (isStaffStanding(statusMessage)) {
    throw new ConnectorError("rejected", "ClubHub bans nobody who works at the club", { code: "staff", reason: "not_allowed" });
  }
};

const idOf = (personExternalId: string): string => {
  if (!/^[1-9]\d*$/.test(personExternalId)) {
    throw new ConnectorError("rejected", "ClubHub knows people only by their number", { code: "no_person", reason: "not_found" });
  }
  return personExternalId;
};
