import { createHash, randomUUID } from "node:crypto";

import type { DemoClub } from "../../../prisma/demo.ts";
import type { AcceptLog, Source, Status, StoredMessage } from "./accept-log.ts";

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

/** The messages and conversations of all clubs, rebuilt from the accept log. */
export type PhoneSystem = ReturnType<typeof createPhoneSystem>;

export const createPhoneSystem = (input: { readonly clubs: readonly DemoClub[]; readonly log: AcceptLog; readonly now: () => Date }) => {
  const messages: StoredMessage[] = [];
  const statuses = new Map<string, { status: Status; at: string }>();
  const conversations = new Map<string, Conversation>();

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
    } else {
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
    setStatus: (messageId: string, status: Status): void => {
      const at = input.now();
      input.log.append({ kind: "status", messageId, status }, at);
      statuses.set(messageId, { status, at: at.toISOString() });
    },
    statusOf: (messageId: string) => statuses.get(messageId) ?? { status: "queued" as const, at: input.now().toISOString() },
    messages: (): readonly StoredMessage[] => messages,
    conversations: (): readonly Conversation[] => [...conversations.values()],
    clubByKey: (apiKey: string): DemoClub | undefined => input.clubs.find((club) => club.openPhone.apiKey === apiKey),
    clubByNumber: (number: string): DemoClub | undefined =>
      input.clubs.find((club) => club.phone === number || club.openPhone.phoneNumberId === number),
    clubByName: (name: string): DemoClub | undefined => input.clubs.find((club) => club.slug === name || club.id === name),
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
    // By chance, not counted: a sandbox that starts anew must not hand out an id the product has already seen.
    id: `AC${randomUUID().replaceAll("-", "")}`,
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

export const participantOf = (message: StoredMessage): string => (message.direction === "incoming" ? message.from : (message.to[0] ?? ""));

const conversationIdOf = (phoneNumberId: string, participant: string): string =>
  `CN${createHash("sha256").update(`${phoneNumberId}/${participant}`).digest("hex").slice(0, 24)}`;
