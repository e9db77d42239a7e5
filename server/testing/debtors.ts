import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import { sealCredentials } from "#server/services/connections/credentials.ts";
import { withClub } from "#server/platform/tenant.ts";

import { consentToAll } from "./allow-texts.ts";
import { database } from "./db.ts";
import { MADE_AT, makeConnection, makeContact, makeMember, scopeOf, type ClubKey } from "./factories.ts";
import { useScriptedConnector } from "./scripted-connector.ts";

/** What a payment vendor was asked for, and the notes a club's own system was given. */
export type ScriptedMoney = {
  readonly links: { readonly key: string; readonly amountMinor: bigint }[];
  readonly notes: string[];
  fails: boolean;
};

/** A payment vendor that makes a link for whatever is asked, and a club system that takes notes. */
export const useScriptedMoney = (): ScriptedMoney => {
  const money: ScriptedMoney = { links: [], notes: [], fails: false };
  useScriptedConnector("square", () => ({
    capabilities: ["payLink"],
    check: () => Promise.resolve({ account: "scripted" }),
    payLinks: {
      create: ({ amountMinor, key }) => {
        money.links.push({ key, amountMinor });
        return money.fails
          ? Promise.reject(new Error("scripted"))
          : Promise.resolve({
              vendorReference: `link-${key}`,
              orderReference: `order-${key}`,
              url: `https://pay.example/${money.links.length}`,
            });
      },
      read: () => Promise.resolve({ isPaid: false, paidMinor: 0n }),
      cancel: () => Promise.resolve(),
    },
  }));
  useScriptedConnector("clubhub", () => ({
    capabilities: ["notes.write"],
    check: () => Promise.resolve({ account: "scripted" }),
    notes: {
      add: ({ text }) => {
        money.notes.push(text);
        return Promise.resolve({ vendorReference: `note-${money.notes.length}` });
      },
    },
  }));
  return money;
};

/** The club's connection to the payment vendor. */
export const connectSquare = async (club: ClubKey): Promise<Id<"connection">> => {
  const id = newId("connection");
  const scope = { franchiseId: club.franchiseId, clubId: club.id };
  const sealedCredentials = await withClub(scope, (tx) => sealCredentials(tx, scope, { connectionId: id, credentials: {} }));
  await makeConnection(club, { id, provider: "square", sealedCredentials });
  return id;
};

let serial = 0;

type Owing = { readonly readAt: Date; readonly over?: Partial<Prisma.MemberUncheckedCreateInput> };

/** Somebody in Denver who owes, may be written to about it, and whose balance was read then. */
export const makeDebtor = async (club: ClubKey, { over = {}, readAt }: Owing) => {
  const phone = `+1303555${(100 + (serial += 1)).toString().padStart(4, "0")}`;
  const { contact } = await makeContact(club, { from: phone, name: `Robin ${serial}` });
  await database().owner.contact.update({ where: { id: contact.id }, data: { state: "CO", postalCode: "80202" } });
  const memberId = await makeMember(club, contact.id, { phone, balanceMinor: 4_500n, ...over });
  await database().owner.memberIdentity.updateMany({ where: { memberId }, data: { seenAt: readAt } });
  await consentToAll(club, contact.id);
  return { contactId: contact.id, memberId, phone, addressKey: addressKey(phone) };
};

/** The balance as a source would have told it at that moment. */
export const readBalance = async (
  memberId: string,
  { balanceMinor, at }: { readonly balanceMinor: bigint; readonly at: Date },
): Promise<void> => {
  await database().owner.member.update({ where: { id: memberId }, data: { balanceMinor } });
  await database().owner.memberIdentity.updateMany({ where: { memberId }, data: { seenAt: at } });
};

/** Every balance of the club as read at that moment. */
export const readAll = (club: ClubKey, at: Date) =>
  database().owner.memberIdentity.updateMany({ where: { clubId: club.id }, data: { seenAt: at } });

type Ladder = { readonly contactId: string; readonly startedOn: string; readonly attempts: number; readonly at: Date };

/** An episode with so many reminders that went out. */
export const makeLadder = async (club: ClubKey, { at, attempts, contactId, startedOn }: Ladder): Promise<void> => {
  const { owner } = database();
  await owner.debtEpisode.create({
    data: {
      id: newId("debtEpisode"),
      ...scopeOf(club),
      contactId,
      startedOn,
      startedAt: at,
      dueMinor: 1n,
      peakMinor: 1n,
      currency: "USD",
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
    },
  });
  await owner.collectionAttempt.createMany({
    data: Array.from({ length: attempts }, () => ({
      id: newId("collectionAttempt"),
      ...scopeOf(club),
      contactId,
      tier: "friendly",
      amountMinor: 1n,
      currency: "USD",
      episodeOn: startedOn,
      at,
    })),
  });
};
