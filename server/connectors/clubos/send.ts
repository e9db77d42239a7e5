import { ConnectorError } from "../errors.ts";
import type { ReadBackInput, ReadBackResult, SendInput, SendResult } from "../ports.ts";
import type { ClubOsClient, OpenedPopup } from "./client.ts";
import { CLOCK_GRAIN_MS, LOG_GRAIN_MS } from "./limits.ts";
import { datePersonEntries, dayAt, messageIdOf, sameText } from "./map.ts";
import type { PersonEntry } from "./map.ts";
import type { ClubOsAccount } from "./schemas.ts";

type Site = { readonly client: ClubOsClient; readonly account: ClubOsAccount };

/**
 * Posts the form that the popup just showed, with nothing changed but the text, because the site stores every posted
 * field over the member's profile. The reference is the id under which the text will be polled.
 */
export const sendText = ({ client, account }: Site, input: SendInput): Promise<SendResult> => {
  const personId = personOf(input.recipientExternalId);
  if (input.text.trim() === "") {
    throw new ConnectorError("rejected", "the text is empty");
  }
  return client.inUnit(async () => {
    const popup = await client.openPopup(personId);
    if (!popup.hasTextTab) {
      throw new ConnectorError("rejected", "ClubOS does not text this person: opted out, or no number", { code: "opted_out" });
    }
    if (popup.fullName === "") {
      throw new ConnectorError("malformed", "ClubOS shows a profile without a name, which would be stored as it is");
    }
    await client.saveText(popup, input.text);
    return { vendorReference: nextReference(popup, { account, text: input.text }), status: "sent" };
  });
};

/** Looks into the follow-up log for a text of ours with these words. Its times are minutes of the vendor's clock. */
export const readBackText = async (
  { client, account, now }: Site & { readonly now: () => Date },
  input: ReadBackInput,
): Promise<ReadBackResult> => {
  const personId = personOf(input.recipientExternalId);
  const popup = await client.inUnit(() => client.openPopup(personId));
  const skewMs = popup.openedAt.getTime() - now().getTime();
  const earliestMs = Math.floor((input.since.getTime() + skewMs - CLOCK_GRAIN_MS) / LOG_GRAIN_MS) * LOG_GRAIN_MS;
  const known = new Set(input.knownReferences);
  const match = datePersonEntries(popup, account).find(
    (entry) => isText(entry, input.text) && entry.at.getTime() >= earliestMs && !known.has(entry.messageId),
  );
  return { found: match === undefined ? null : { vendorReference: match.messageId, at: match.at } };
};

const personOf = (personId: string | null | undefined): string => {
  if (personId == null || !/^[1-9]\d*$/.test(personId)) {
    throw new ConnectorError("rejected", "ClubOS writes only to people it knows by their id", { code: "no_person" });
  }
  return personId;
};

const isText = (entry: PersonEntry, text: string): boolean =>
  entry.direction === "outbound" && entry.medium === "text" && sameText(entry.text) === sameText(text);

const nextReference = (popup: OpenedPopup, input: { readonly account: ClubOsAccount; readonly text: string }): string => {
  const day = dayAt(popup.openedAt, input.account.timeZone);
  const earlierCount = datePersonEntries(popup, input.account).filter((entry) => entry.day === day && isText(entry, input.text)).length;
  return messageIdOf(
    { ownerId: input.account.ownerId, personId: popup.personId, direction: "outbound", medium: "text", text: input.text, day },
    earlierCount,
  );
};
