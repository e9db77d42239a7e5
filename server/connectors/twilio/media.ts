import { fetchFile } from "../_shared/fetch-file.ts";
import { ConnectorError } from "../errors.ts";
import type { FetchedFile } from "../files.ts";
import type { ConnectorContext } from "../ports.ts";
import { BASE_URL, FILE_ADDRESS, FILE_HOSTS } from "./limits.ts";
import type { TwilioAccount } from "./schemas.ts";

type Asked = { readonly context: ConnectorContext; readonly account: TwilioAccount; readonly url: string; readonly maxBytes: number };

/** A file of a text. The vendor's API asks for the account and sends on to where the bytes lie. */
export const fetchMedia = async ({ account, context, maxBytes, url }: Asked): Promise<FetchedFile> => {
  const [, accountSid] = new RegExp(FILE_ADDRESS).exec(url) ?? [];
  if (accountSid !== account.accountSid) {
    throw new ConnectorError("rejected", "this is no file of this Twilio account", { reason: "not_found" });
  }
  const base = new URL(context.settings.baseUrl ?? BASE_URL);
  const [authToken = ""] = account.authToken.split(" ");
  return fetchFile(context, {
    vendor: "Twilio",
    url: new URL(`${base.pathname.replace(/\/$/, "")}${new URL(url).pathname}`, base),
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}` },
    mayLeadTo: (next) => next.origin === base.origin || (next.protocol === "https:" && FILE_HOSTS.has(next.host)),
    maxBytes,
  });
};
