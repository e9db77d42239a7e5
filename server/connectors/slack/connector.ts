import type { z } from "zod";

import type { NoticePort } from "../acts.ts";
import { ConnectorError } from "../errors.ts";
import type { Connector, ConnectorContext } from "../ports.ts";
import { createClient, failureOf } from "./client.ts";
import { blocksOf, escaped, noticeReferenceOf, placeOf, sectionText } from "./map.ts";
import { AuthAnswer, PostAnswer, SlackAccount } from "./schemas.ts";
import { parseWebhook } from "./webhook.ts";

/** Notices in one channel of one workspace, and the buttons under them: see README.md of this folder. */
export const createSlackConnector = (context: ConnectorContext): Connector => {
  const account = accountOf(context);
  return {
    provider: "slack",
    // Without the secret nobody could tell who has pressed.
    capabilities: account.signingSecret.trim() === "" ? ["notify"] : ["notify", "notify.decide"],
    check: () => check(context, account),
    notices: noticesOf(context, account),
    webhook: { parse: async (request) => parseWebhook({ request, account, now: context.now() }) },
  };
};

const accountOf = (context: ConnectorContext): SlackAccount => {
  const parsed = SlackAccount.safeParse({ ...context.settings, ...context.credentials });
  if (!parsed.success) {
    throw new ConnectorError("unauthorized", "the Slack connection is not filled in completely", { cause: parsed.error });
  }
  return parsed.data;
};

const check = async (context: ConnectorContext, account: SlackAccount): Promise<{ readonly account: string }> => {
  const answer = await called(createClient(context, account).auth.test(), { schema: AuthAnswer, isAct: false });
  if (answer.team_id !== account.teamId) {
    throw new ConnectorError("rejected", `the bot token belongs to workspace ${answer.team_id} (${answer.team}): enter that id`);
  }
  return { account: `${answer.user} in ${answer.team}` };
};

const noticesOf = (context: ConnectorContext, account: SlackAccount): NoticePort => ({
  post: async ({ key, personExternalId, ...notice }) => {
    if (notice.text.trim() === "") {
      throw new ConnectorError("rejected", "the notice is empty");
    }
    const message = {
      // Vendor, 2026-11: the id of a person in place of a channel's is the conversation of the app with them.
      channel: personExternalId ?? account.channelId,
      text: sectionText(notice.text),
      blocks: blocksOf(notice),
      unfurl_links: false,
      // The vendor takes no key against doing it twice; this one is for people who look into a doubt.
      metadata: { event_type: "spotter_notice", event_payload: { key } },
    };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it posts to Slack and not to a window
    const call = createClient(context, account).chat.postMessage(message);
    const { channel, ts } = await called(call, { schema: PostAnswer, isAct: true });
    return { vendorReference: noticeReferenceOf(channel, ts) };
  },
  settle: async ({ noticeReference, text }) => {
    const blocks = blocksOf({ text, url: null, decision: null });
    const call = createClient(context, account).chat.update({ ...placeOf(noticeReference), text: sectionText(text), blocks });
    await called(call, { schema: PostAnswer, isAct: false });
  },
  tell: async ({ noticeReference, personExternalId, text }) => {
    const { channel } = placeOf(noticeReference);
    const client = createClient(context, account);
    try {
      await client.chat.postEphemeral({ channel, user: personExternalId, text: escaped(text) });
    } catch (error) {
      throw failureOf(error, { isAct: true });
    }
  },
});

type Expected<T> = { readonly schema: z.ZodType<T>; readonly isAct: boolean };

const called = async <T>(call: Promise<unknown>, { schema, isAct }: Expected<T>): Promise<T> => {
  let answer: unknown;
  try {
    answer = await call;
  } catch (error) {
    throw failureOf(error, { isAct });
  }
  const parsed = schema.safeParse(answer);
  if (!parsed.success) {
    throw new ConnectorError(isAct ? "outcome_unknown" : "malformed", "Slack answered in an unknown shape", { cause: parsed.error });
  }
  return parsed.data;
};
