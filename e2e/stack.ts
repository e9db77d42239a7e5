import { DEMO_CLUBS, type DemoClub } from "../prisma/demo.ts";

import { worldOf } from "#local/vendors/world.ts";
import type { Thought } from "#server/domain/intent.ts";
import { z } from "zod";

/** The addresses of the stack the tests run against, as its processes know them. */
const address = (name: string, fallback: string): string => process.env[name] ?? fallback;

export const APP_URL = address("SPOTTER_APP_URL", "http://127.0.0.1:3000");
const OPENPHONE_URL = address("OPENPHONE_BASE_URL", "http://127.0.0.1:3005");
const CLUBOS_URL = address("CLUBOS_BASE_URL", "http://127.0.0.1:3006");
const MODEL_URL = address("ANTHROPIC_BASE_URL", "http://127.0.0.1:3004");

/** The levers of the mail sandbox stand fifteen ports behind the app (local/start/ports.ts). */
const mailUrl = (): string => {
  const url = new URL(APP_URL);
  return `http://127.0.0.1:${Number(url.port) + 15}`;
};

export const clubOf = (slug: string): DemoClub =>
  required(
    DEMO_CLUBS.find((club) => club.slug === slug),
    `club ${slug}`,
  );

type Message = z.infer<typeof ThreadMessage>;

/** One invented member with a phone of their own. Every test takes members nobody else takes. */
export type Member = {
  readonly name: string;
  /** E.164. */
  readonly phone: string;
  /** Texts the club. */
  readonly text: (words: string) => Promise<void>;
  /** What the club's texts said on this phone, oldest first. */
  readonly heard: () => Promise<readonly string[]>;
  /** Somebody of the club writes to this phone in the vendor's own app. */
  readonly isWrittenToElsewhere: (words: string) => Promise<void>;
  /** The same two ways through the staff site instead of the phone. */
  readonly textClubOs: (words: string) => Promise<void>;
  readonly heardByClubOs: () => Promise<readonly string[]>;
};

/** @param place in the club's list, from 1; the phone ends in the same digits */
export const memberOf = (slug: string, place: number): Member => {
  const club = clubOf(slug);
  const person = required(worldOf(club)[place - 1], `member ${place} of ${slug}`);
  const byPhone = `${OPENPHONE_URL}/_sandbox/threads?club=${slug}&member=${encodeURIComponent(person.phone)}`;
  return {
    name: `${person.firstName} ${person.lastName}`,
    phone: person.phone,
    text: (text) => post(`${OPENPHONE_URL}/_sandbox/texts`, { from: person.phone, toClub: slug, text }),
    heard: async () => wordsOfClub(await threadAt(byPhone)),
    isWrittenToElsewhere: (text) =>
      post(`${OPENPHONE_URL}/_sandbox/staff-texts`, {
        clubPhoneNumberId: club.openPhone.phoneNumberId,
        to: person.phone,
        text,
        staffName: "Front desk",
      }),
    textClubOs: (text) => post(`${CLUBOS_URL}/_sandbox/texts`, { club: slug, personExternalId: person.id, text }),
    heardByClubOs: async () => wordsOfClub(await threadAt(`${CLUBOS_URL}/_sandbox/threads?club=${slug}&person=${person.id}`)),
  };
};

type SentMail = { readonly to: readonly string[]; readonly raw: string };
type LetterFile = { readonly name: string; readonly type: string; readonly contentBase64: string };

/** An invented member's mail program. Every test takes members nobody else takes. */
export const mailOf = (slug: string, place: number) => {
  const { email, firstName, lastName } = required(worldOf(clubOf(slug))[place - 1], `member ${place} of ${slug}`);
  const name = `${firstName} ${lastName}`;
  return {
    name,
    write: (letter: { readonly subject: string; readonly text: string; readonly files?: readonly LetterFile[] }) =>
      post(`${mailUrl()}/_sandbox/mails`, { club: slug, from: email, fromName: name, ...letter }),
    /** What has reached this person, oldest first. */
    received: async (): Promise<readonly string[]> => {
      const response = await fetch(`${mailUrl()}/_sandbox/mails?to=${encodeURIComponent(email)}`);
      const { mails } = (await response.json()) as { readonly mails: readonly SentMail[] };
      return mails.map(({ raw }) => raw);
    },
  };
};

/** Thoughts about a message with these words are like this, and otherwise what the demo brain thinks. */
export const modelThinks = (match: string, thought: Partial<Thought>): Promise<void> =>
  post(`${MODEL_URL}/_sandbox/script`, { match, thought });

/** No article says anything about it, so the model is asked; what it thinks is told to it. */
export const ASKED_OF_THE_MODEL = "Is there somewhere I can leave my cello while I train?";

const CELLO_REPLY = "Yes, your cello can wait beside the front desk. Shall we keep a spot free?";

/** The thought of a model about `ASKED_OF_THE_MODEL`, as sure as given. */
export const modelAnswers = ({ confidence }: { readonly confidence: number }): Promise<void> =>
  modelThinks(ASKED_OF_THE_MODEL, {
    category: "question",
    subIntent: "storage",
    riskFlags: [],
    confidence,
    answerable: true,
    reply: CELLO_REPLY,
    promises: [],
  });

/** The next calls of the model end like this. */
export const modelFails = (kind: "529", count: number): Promise<void> => post(`${MODEL_URL}/_sandbox/faults`, { kind, count });

type VendorFault = {
  readonly kind: "error_after" | "lost_webhook";
  readonly club: string;
  readonly operation: "send" | "webhook";
  readonly count: number;
};

export const openPhoneFails = (fault: VendorFault): Promise<void> => post(`${OPENPHONE_URL}/_sandbox/faults`, fault);

/** Nothing a test has planned reaches the next one. */
export const healVendors = async (): Promise<void> => {
  const calls = [`${OPENPHONE_URL}/_sandbox/faults`, `${MODEL_URL}/_sandbox/faults`, `${MODEL_URL}/_sandbox/script`];
  await Promise.all(calls.map((url) => fetch(url, { method: "DELETE" })));
};

const ThreadMessage = z.object({ from: z.enum(["member", "club"]), text: z.string() });
const ThreadAnswer = z.object({ messages: z.array(ThreadMessage) });

const threadAt = async (url: string): Promise<readonly Message[]> => {
  const response = await fetch(url);
  return ThreadAnswer.parse(await response.json()).messages;
};

const wordsOfClub = (messages: readonly Message[]): readonly string[] =>
  messages.filter(({ from }) => from === "club").map(({ text }) => text);

const post = async (url: string, body: object): Promise<void> => {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  }
};

const required = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) {
    throw new Error(`there is no ${what}`);
  }
  return value;
};
