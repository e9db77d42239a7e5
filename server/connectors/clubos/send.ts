import { ConnectorError } from "../errors.ts";
import type { ReadBackInput, ReadBackResult, SendInput, SendResult } from "../ports.ts";
import type { ClubOsClient, OpenedPopup, Outgoing } from "./client.ts";
import { CLOCK_GRAIN_MS, LOG_GRAIN_MS } from "./limits.ts";
import { datePersonEntries, dayAt, messageIdOf, sameText } from "./map.ts";
import type { PersonEntry } from "./map.ts";
import type { ClubOsAccount } from "./schemas.ts";

type Site = { readonly client: ClubOsClient; readonly account: ClubOsAccount };

/**
 * Posts the form that the popup just showed, with nothing changed but the message, because the site stores every posted
 * field over the member's profile. What has a subject or HTML goes out as an e-mail, everything else as a text. The
 * reference is the id under which the message will be polled.
 */
export const sendMessage = ({ client, account }: Site, input: SendInput): Promise<SendResult> => {
  const personId = personOf(input.recipientExternalId);
  const outgoing = outgoingOf(input);
  return client.inUnit(async () => {
    const popup = await client.openPopup(personId);
    assertMayWrite(popup, outgoing.medium);
    if (popup.fullName === "") {
      throw new ConnectorError("malformed", "ClubOS shows a profile without a name, which would be stored as it is");
    }
    await client.save(popup, outgoing);
    return { vendorReference: nextReference(popup, { account, text: input.text, medium: outgoing.medium }), status: "sent" };
  });
};

/** Looks into the follow-up log for a message of ours with these words. Its times are minutes of the vendor's clock. */
export const readBackMessage = async (
  { client, account, now }: Site & { readonly now: () => Date },
  input: ReadBackInput,
): Promise<ReadBackResult> => {
  const personId = personOf(input.recipientExternalId);
  const popup = await client.inUnit(() => client.openPopup(personId));
  const skewMs = popup.openedAt.getTime() - now().getTime();
  const earliestMs = Math.floor((input.since.getTime() + skewMs - CLOCK_GRAIN_MS) / LOG_GRAIN_MS) * LOG_GRAIN_MS;
  const known = new Set(input.knownReferences);
  const match = datePersonEntries(popup, account).find(
    (entry) => isOurs(entry, input.text) && entry.at.getTime() >= earliestMs && !known.has(entry.messageId),
  );
  return { found: match === undefined ? null : { vendorReference: match.messageId, at: match.at } };
};

const outgoingOf = ({ text, subject, html }: SendInput): Outgoing => {
  if (text.trim() === "") {
    throw new ConnectorError("rejected", "the message is empty");
  }
  if (subject === undefined && html === undefined) {
    return { medium: "text", text };
  }
  if (subject === undefined || subject.trim() === "") {
    throw new ConnectorError("rejected", "an e-mail needs a subject");
  }
  return { medium: "email", subject, html: html ?? paragraphsOf(text) };
};

/** The site takes HTML only; what a person wrote must come out as they wrote it. */
const paragraphsOf = (text: string): string => `<p>${escaped(text).replaceAll(/\r?\n/g, "<br />")}</p>`;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The site leaves out the tab of a way of writing that the person has opted out of, or for which it has no address. */
const assertMayWrite = (popup: OpenedPopup, medium: Outgoing["medium"]): void => {
  const [hasTab, address] = medium === "text" ? [popup.hasTextTab, popup.mobilePhone] : [popup.hasEmailTab, popup.email];
  if (hasTab) {
    return;
  }
  if (address.trim() === "") {
    throw new ConnectorError("rejected", `ClubOS has no address for a ${medium} to this person`, {
      code: "no_address",
      reason: "invalid_address",
    });
  }
  throw new ConnectorError("rejected", `this person has opted out of ${medium}s at ClubOS`, { code: "opted_out", reason: "opted_out" });
};

const personOf = (personId: string | null | undefined): string => {
  if (personId == null || !/^[1-9]\d*$/.test(personId)) {
    throw new ConnectorError("rejected", "ClubOS writes only to people it knows by their id", { code: "no_person", reason: "not_found" });
  }
  return personId;
};

const isOurs = (entry: PersonEntry, text: string): boolean => entry.direction === "outbound" && sameText(entry.text) === sameText(text);

type Sent = { readonly account: ClubOsAccount; readonly text: string; readonly medium: Outgoing["medium"] };

const nextReference = (popup: OpenedPopup, { account, text, medium }: Sent): string => {
  const day = dayAt(popup.openedAt, account.timeZone);
  const earlierCount = datePersonEntries(popup, account).filter(
    (entry) => entry.day === day && entry.medium === medium && isOurs(entry, text),
  ).length;
  return messageIdOf({ ownerId: account.ownerId, personId: popup.personId, direction: "outbound", medium, text, day }, earlierCount);
};
