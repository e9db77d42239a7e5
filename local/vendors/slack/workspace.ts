import { z } from "zod";

import type { DemoClub } from "../../../prisma/demo.ts";
import type { Accepted, AcceptLog } from "../_shared/accept-log.ts";

export type SandboxClub = {
  readonly slug: string;
  readonly connectionId: string;
  readonly slack: NonNullable<DemoClub["slack"]>;
};

const PlainText = z.object({ type: z.literal("plain_text"), text: z.string().min(1).max(75), emoji: z.boolean().optional() });

const Button = z.strictObject({
  type: z.literal("button"),
  action_id: z.string().min(1).max(255),
  text: PlainText,
  value: z.string().max(2_000).optional(),
  url: z.url().max(3_000).optional(),
  style: z.enum(["primary", "danger"]).optional(),
});

const Block = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("section"),
    block_id: z.string().optional(),
    text: z.strictObject({ type: z.enum(["mrkdwn", "plain_text"]), text: z.string().min(1).max(3_000) }),
  }),
  z.strictObject({
    type: z.literal("actions"),
    block_id: z.string().max(255).optional(),
    elements: z
      .array(Button)
      .min(1)
      .max(25)
      .refine((buttons) => new Set(buttons.map(({ action_id }) => action_id)).size === buttons.length),
  }),
]);

export const Blocks = z.array(Block).max(50);

export const Metadata = z.object({ event_type: z.string().min(1), event_payload: z.record(z.string(), z.union([z.string(), z.number()])) });

type Words = { readonly club: string; readonly channel: string; readonly text: string };

export type Entry =
  | (Words & { readonly kind: "posted"; readonly ts: string; readonly blocks: z.infer<typeof Blocks>; readonly key: string | null })
  | (Words & { readonly kind: "updated"; readonly ts: string; readonly blocks: z.infer<typeof Blocks> })
  | (Words & { readonly kind: "ephemeral"; readonly user: string });

export type SlackMessage = Extract<Entry, { readonly kind: "posted" }>;

/** The messages of all workspaces as they stand, derived from what was accepted. */
export const createWorkspaces = ({ log, now }: { readonly log: AcceptLog<Entry>; readonly now: () => Date }) => {
  const find = (channel: string, ts: string): SlackMessage | null => {
    const its = log.entries().filter((entry) => entry.kind !== "ephemeral" && entry.channel === channel && entry.ts === ts);
    const posted = its.find((entry) => entry.kind === "posted");
    const updated = its.findLast((entry) => entry.kind === "updated");
    return posted === undefined ? null : { ...posted, ...(updated === undefined ? {} : { text: updated.text, blocks: updated.blocks }) };
  };
  return {
    find,
    messages: (club: string): SlackMessage[] =>
      log.entries().flatMap((entry) => (entry.kind === "posted" && entry.club === club ? (find(entry.channel, entry.ts) ?? []) : [])),
    post: (message: Omit<SlackMessage, "kind" | "ts">): Accepted<Entry> & { readonly ts: string } => {
      const ts = timestampOf(now(), log.entries().length + 1);
      return { ...log.append({ kind: "posted", ts, ...message }, now()), ts };
    },
    update: (entry: Omit<Extract<Entry, { readonly kind: "updated" }>, "kind">): void => {
      log.append({ kind: "updated", ...entry }, now());
    },
    whisper: (entry: Omit<Extract<Entry, { readonly kind: "ephemeral" }>, "kind">): string => {
      log.append({ kind: "ephemeral", ...entry }, now());
      return timestampOf(now(), log.entries().length);
    },
  };
};

export type Workspaces = ReturnType<typeof createWorkspaces>;

/** Seconds and six places, unique in a channel. */
export const timestampOf = (at: Date, serial: number): string =>
  `${Math.floor(at.getTime() / 1_000)}.${(serial % 1_000_000).toString().padStart(6, "0")}`;
