import { z } from "zod";

export const SlackAccount = z.object({
  /** Begins with `xoxb-`; needs the scope `chat:write`. */
  botToken: z.string().trim().min(1),
  /** One for the whole app, whatever the workspace. Two with a blank between while one replaces the other. */
  signingSecret: z.string().default(""),
  channelId: z.string().trim().min(1),
  teamId: z.string().trim().min(1),
});

export type SlackAccount = z.output<typeof SlackAccount>;

export const AuthAnswer = z.looseObject({ ok: z.literal(true), team_id: z.string(), team: z.string(), user: z.string() });

export const PostAnswer = z.looseObject({ ok: z.literal(true), channel: z.string().min(1), ts: z.string().regex(/^\d+\.\d+$/) });

/** Other interactions of the app (menus, shortcuts, windows) have other types and say nothing to us. */
export const Interaction = z.looseObject({
  type: z.string(),
  team: z.looseObject({ id: z.string() }).nullish(),
});

const Action = z.looseObject({
  action_id: z.string(),
  /** A button that only opens a page has none. */
  value: z.string().optional(),
  /** Seconds since 1970 with six places, as text. */
  action_ts: z.string().regex(/^\d{1,12}\.\d+$/),
});

export const BlockActions = z.looseObject({
  type: z.literal("block_actions"),
  user: z.looseObject({ id: z.string().min(1), username: z.string().nullish(), name: z.string().nullish() }),
  container: z.looseObject({ message_ts: z.string().optional(), channel_id: z.string().optional() }),
  actions: z.array(Action),
});

export type BlockActions = z.output<typeof BlockActions>;
