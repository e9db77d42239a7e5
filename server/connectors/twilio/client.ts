import twilio from "twilio";
import type { MessageInstance, MessageListInstancePageOptions, MessagePage } from "twilio/lib/rest/api/v2010/account/message";

import { ConnectorError } from "../errors.ts";
import type { ConnectorContext } from "../ports.ts";
import { PAGE_SIZE } from "./limits.ts";
import { ContextRequestClient } from "./request-client.ts";
import type { TwilioAccount } from "./schemas.ts";

export type TwilioClient = ReturnType<typeof createClient>;

type NewMessage = { readonly to: string; readonly body: string; readonly statusCallback: string | undefined };
type ListInput = Pick<MessageListInstancePageOptions, "to" | "from" | "dateSentAfter">;
type Page = { readonly messages: readonly MessageInstance[]; readonly nextPage: string | null };

/** The calls the connector needs, through the vendor's SDK. Each is one request: nothing is tried twice in here. */
export const createClient = (context: ConnectorContext, account: TwilioAccount) => {
  const httpClient = new ContextRequestClient(context);
  const [authToken] = account.authToken.split(" ");
  const sdk = twilio(account.accountSid, authToken, { httpClient, autoRetry: false });

  return {
    sendMessage: ({ to, body, statusCallback }: NewMessage): Promise<MessageInstance> =>
      understood(true, () =>
        sdk.messages.create({
          to,
          body,
          from: account.phoneNumber,
          // The text must stand at the vendor as it was written, or a read-back would not know it again.
          smartEncoded: false,
          ...(account.messagingServiceSid === undefined ? {} : { messagingServiceSid: account.messagingServiceSid }),
          ...(statusCallback === undefined ? {} : { statusCallback }),
        }),
      ),
    /** Newest first. `nextPage` is what an earlier page named. */
    listMessages: (input: ListInput & { readonly nextPage: string | null }): Promise<Page> =>
      understood(false, async () => {
        const { nextPage, ...filter } = input;
        return pageOf(await (nextPage === null ? sdk.messages.page({ ...filter, pageSize: PAGE_SIZE }) : sdk.messages.getPage(nextPage)));
      }),
    fetchAccount: () => understood(false, () => sdk.api.v2010.accounts(account.accountSid).fetch()),
    /** What the last answer gave as the vendor's time. */
    vendorClockAt: (): Date | null => httpClient.vendorClockAt,
  };
};

const pageOf = (page: MessagePage): Page => ({ messages: page.instances, nextPage: page.nextPageUrl ?? null });

/** Whatever the SDK itself stumbles over came with a complete answer, which it then did not understand. */
const understood = async <T>(isAct: boolean, call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ConnectorError) {
      throw error;
    }
    throw isAct
      ? new ConnectorError("outcome_unknown", "Twilio confirmed the text in an unknown shape", { cause: error })
      : new ConnectorError("malformed", "Twilio answered in an unknown shape", { cause: error });
  }
};
