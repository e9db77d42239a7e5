import { z } from "zod";

import type { DemoClub } from "../../prisma/demo.ts";
import type { ThreadAnswer } from "../vendors/thread.ts";
import type { Persona } from "./personas.ts";

/** How a member reaches the club: a text to its number, or the inbox of the staff site. */
export const WAYS = ["text", "clubos"] as const;
export type Way = (typeof WAYS)[number];

export type Doors = {
  readonly text: (club: DemoClub, message: { persona: Persona; way: Way; text: string }) => Promise<void>;
  readonly thread: (club: DemoClub, at: { persona: Persona; way: Way }) => Promise<ThreadAnswer["messages"]>;
  /** The last word with each number of this club, by text. */
  readonly latest: (club: DemoClub) => Promise<readonly Latest[]>;
};

const Messages = z.array(
  z.object({
    id: z.string(),
    from: z.enum(["member", "club"]),
    text: z.string(),
    at: z.string(),
    status: z.string(),
    author: z.string().nullable(),
    mediaUrls: z.array(z.string()),
  }),
);
const Thread = z.object({ messages: Messages });
const Latest = z.object({ member: z.string(), last: Messages.element });
const Threads = z.object({ threads: z.array(Latest) });
export type Latest = z.infer<typeof Latest>;

const TIMEOUT_MS = 5_000;

/** The member's side of the vendor sandboxes. */
export const createDoors = (urls: { readonly openPhoneUrl: string; readonly clubOsUrl: string }): Doors => ({
  text: async (club, { persona, way, text }) => {
    await (way === "text"
      ? call(`${urls.openPhoneUrl}/_sandbox/texts`, { from: persona.phone, toClub: club.slug, text })
      : call(`${urls.clubOsUrl}/_sandbox/texts`, { club: club.slug, personExternalId: persona.id, text }));
  },
  thread: async (club, { persona, way }) => {
    const query =
      way === "text"
        ? new URLSearchParams({ club: club.slug, member: persona.phone })
        : new URLSearchParams({ club: club.slug, person: persona.id });
    const answer = await call(`${way === "text" ? urls.openPhoneUrl : urls.clubOsUrl}/_sandbox/threads?${query}`);
    return Thread.parse(answer).messages;
  },
  latest: async (club) => Threads.parse(await call(`${urls.openPhoneUrl}/_sandbox/threads?club=${club.slug}`)).threads,
});

const call = async (url: string, body?: unknown): Promise<unknown> => {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    throw new Error(`the sandbox answered ${response.status}`);
  }
  return response.json();
};
