import { createHash, randomUUID } from "node:crypto";

import type { DemoClub } from "../../../prisma/demo.ts";
import type { AcceptLog } from "../_shared/accept-log.ts";
import { createSpareLines } from "./spare-lines.ts";
import type { Entry, Source, Status, StoredCall, StoredContact, StoredMessage } from "./entries.ts";

export type Conversation = {
  readonly id: string;
  readonly phoneNumberId: string;
  readonly participant: string;
  readonly createdAt: string;
  readonly lastActivityAt: string;
  readonly lastActivityId: string;
};

export type Arrival = {
  readonly club: DemoClub;
  readonly memberPhone: string;
  readonly text: string;
  readonly source: Source;
  readonly mediaUrls?: readonly string[];
  readonly staffName?: string;
  readonly userId?: string | null;
};

export type IncomingCall = {
  readonly club: DemoClub;
  readonly memberPhone: string;
  readonly isAnswered: boolean;
  readonly voicemail: string | null;
};

type Input = { readonly clubs: readonly DemoClub[]; readonly log: AcceptLog<Entry>; readonly now: () => Date };

/** The messages, conversations and address books of all clubs, rebuilt from the accept log. */
export type PhoneSystem = ReturnType<typeof createPhoneSystem>;

export const createPhoneSystem = (input: Input) => {
  const messages: StoredMessage[] = [];
  const statuses = new Map<string, { status: Status; at: string }>();
  const conversations = new Map<string, Conversation>();
  const contacts = new Map<string, StoredContact>();
  const spare = createSpareLines();

  const remember = (message: StoredMessage): void => {
    messages.push(message);
    statuses.set(message.id, { status: message.direction === "incoming" ? "received" : "queued", at: message.createdAt });
    const known = conversations.get(message.conversationId);
    conversations.set(message.conversationId, {
      id: message.conversationId,
      phoneNumberId: message.phoneNumberId,
      participant: participantOf(message),
      createdAt: known?.createdAt ?? message.createdAt,
      lastActivityAt: message.createdAt,
      lastActivityId: message.id,
    });
  };

  for (const entry of input.log.entries()) {
    if (entry.kind === "message") {
      remember(entry.message);
    } else if (entry.kind === "contact") {
      contacts.set(entry.contact.id, entry.contact);
    } else if (entry.kind === "status") {
      statuses.set(entry.messageId, { status: entry.status, at: entry.at });
    }
  }

  const accept = (arrival: Arrival): StoredMessage => {
    const at = input.now();
    const message = newMessage(arrival, at);
    input.log.append({ kind: "message", message }, at);
    remember(message);
    return message;
  };

  return {
    accept,
    receiveCall: ({ club, memberPhone, isAnswered, voicemail }: IncomingCall): StoredCall => {
      const at = input.now();
      const { phoneNumberId } = club.openPhone;
      const call: StoredCall = {
        id: newId("AC"),
        conversationId: conversationIdOf(phoneNumberId, memberPhone),
        phoneNumberId,
        from: memberPhone,
        to: club.phone,
        isAnswered,
        voicemail,
        createdAt: at.toISOString(),
      };
      input.log.append({ kind: "call", call }, at);
      return call;
    },
    /** A new contact, or new fields of one that is there. */
    saveContact: (contact: Omit<StoredContact, "id"> & { readonly id: string | null }): StoredContact => {
      const saved = { ...contact, id: contact.id ?? newId("CT") };
      input.log.append({ kind: "contact", contact: saved }, input.now());
      contacts.set(saved.id, saved);
      return saved;
    },
    contactsOf: (club: DemoClub): readonly StoredContact[] => [...contacts.values()].filter(({ clubId }) => clubId === club.id),
    setStatus: (messageId: string, status: Status): void => {
      const at = input.now();
      input.log.append({ kind: "status", messageId, status }, at);
      statuses.set(messageId, { status, at: at.toISOString() });
    },
    statusOf: (messageId: string) => statuses.get(messageId) ?? { status: "queued" as const, at: input.now().toISOString() },
    messages: (): readonly StoredMessage[] => messages,
    conversations: (): readonly Conversation[] => [...conversations.values()],
    clubByKey: (apiKey: string): DemoClub | undefined =>
      input.clubs.find((club) => club.openPhone.apiKey === apiKey) ?? spare.byKey(apiKey),
    clubByNumber: (number: string): DemoClub | undefined =>
      input.clubs.find((club) => club.phone === number || club.openPhone.phoneNumberId === number) ?? spare.byNumber(number),
    clubByName: (name: string): DemoClub | undefined =>
      input.clubs.find((club) => club.slug === name || club.id === name) ?? spare.byName(name),
    /** Everything between one club and one number, oldest first. */
    thread: (club: DemoClub, memberPhone: string): readonly StoredMessage[] => {
      const id = conversationIdOf(club.openPhone.phoneNumberId, memberPhone);
      return messages.filter((message) => message.conversationId === id);
    },
  };
};

const newMessage = (
  { club, memberPhone, text, source, mediaUrls = [], staffName = "", userId = null }: Arrival,
  at: Date,
): StoredMessage => {
  const isIncoming = source === "member";
  return {
    id: newId("AC"),
    conversationId: conversationIdOf(club.openPhone.phoneNumberId, memberPhone),
    phoneNumberId: club.openPhone.phoneNumberId,
    direction: isIncoming ? "incoming" : "outgoing",
    from: isIncoming ? memberPhone : club.phone,
    to: [isIncoming ? club.phone : memberPhone],
    text,
    mediaUrls,
    userId: isIncoming ? null : (userId ?? `US${club.slug}`),
    staffName: staffName === "" ? null : staffName,
    source,
    createdAt: at.toISOString(),
  };
};

/** By chance, not counted: a sandbox that starts anew must not hand out an id the product has already seen. */
const newId = (mark: "AC" | "CT"): string => `${mark}${randomUUID().replaceAll("-", "")}`;

export const participantOf = (message: StoredMessage): string => (message.direction === "incoming" ? message.from : (message.to[0] ?? ""));

const conversationIdOf = (phoneNumberId: string, participant: string): string =>
  `CN${createHash("sha256").update(`${phoneNumberId}/${participant}`).digest("hex").slice(0, 24)}`;
