import { ConnectorError } from "../errors.ts";
import type { ReadBackInput, ReadBackResult } from "../ports.ts";
import type { TwilioClient } from "./client.ts";
import { CLOCK_GRAIN_MS, READ_BACK_PAGES, TRIAL_PREFIX, UNKNOWN_SKEW_MS } from "./limits.ts";
import type { ListedMessage } from "./map.ts";

type Input = {
  readonly client: TwilioClient;
  readonly phoneNumber: string;
  readonly input: ReadBackInput;
  readonly now: () => Date;
};

type Match = { readonly vendorReference: string; readonly at: Date };

/**
 * Looks for the oldest text to this number with these words. The vendor's filter by date looks at the day a text left
 * the queue, and a text may wait there for ten hours: so the list is read without it, newest first, back to `since`.
 * `since` is our clock, the messages carry the vendor's; the vendor's answer names its own time, so the two are brought
 * together before they are compared.
 */
export const readBack = async ({ client, phoneNumber, input, now }: Input): Promise<ReadBackResult> => {
  const known = new Set(input.knownReferences);
  const matches: Match[] = [];
  let nextPage: string | null = null;
  for (let count = 0; count < READ_BACK_PAGES; count += 1) {
    const page: Awaited<ReturnType<TwilioClient["listMessages"]>> = await client.listMessages({
      to: input.to,
      from: phoneNumber,
      nextPage,
    });
    const earliestMs = input.since.getTime() + earliestOffsetMs(client.vendorClockAt(), now());
    const fitting = page.messages.filter(
      (message) => hasWords(message, input.text) && message.dateCreated.getTime() >= earliestMs && !known.has(message.sid),
    );
    matches.push(...fitting.map(({ sid, dateCreated }) => ({ vendorReference: sid, at: dateCreated })));
    const isOlder = page.messages.some(({ dateCreated }) => dateCreated.getTime() < earliestMs - UNKNOWN_SKEW_MS);
    nextPage = page.nextPage;
    if (nextPage === null || isOlder) {
      return { found: oldestOf(matches) };
    }
  }
  if (matches.length === 0) {
    // "Absent" would allow a second send, so it must not be said of a list that was not read to its end.
    throw new ConnectorError("unavailable", "Twilio shows too many texts to tell whether this one was sent");
  }
  return { found: oldestOf(matches) };
};

const hasWords = (message: ListedMessage, text: string): boolean => {
  const body = message.body ?? "";
  const words = body.startsWith(TRIAL_PREFIX) ? body.slice(TRIAL_PREFIX.length) : body;
  return message.direction !== "inbound" && words.trim() === text.trim();
};

const oldestOf = (matches: readonly Match[]): Match | null => matches.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null;

const earliestOffsetMs = (vendorClockAt: Date | null, now: Date): number =>
  vendorClockAt === null ? -UNKNOWN_SKEW_MS : vendorClockAt.getTime() - now.getTime() - CLOCK_GRAIN_MS;
