import type { CustomTask } from "./custom-task.ts";
import type { WorkflowKind } from "./kinds.ts";

type Copy = Pick<CustomTask, "task" | "tools" | "purpose">;

/** Kinds of which an owner may take a copy; a campaign has words of its own, and a task is one already. */
export type CopyableKind = Exclude<WorkflowKind, "campaign" | "custom">;

/**
 * What each built-in workflow does, as a task in plain words with the tools it takes: where a copy of it begins. The built-in one has
 * rules that no task has, such as a lock only after a warning; where those are meant it stays the better one.
 */
export const CUSTOM_COPIES = {
  daily_campaigns: {
    task: "Find members who joined within 30 days and text each a welcome. Then look at the prospects and at the pay-per-visit members: write to each of them who would be glad of a friendly note. Nobody who owes anything gets a text. List those without a phone for me.",
    tools: [
      "list_members",
      "get_campaign_prospects",
      "get_ppv_members",
      "get_campaign_templates",
      "search_knowledge",
      "send_message_to_member",
    ],
    purpose: "marketing",
  },
  past_due: {
    task: "Find members who owe something and send each a friendly reminder of what they owe. Where they were reminded several times already, take a firm one. Tell me who could not be reminded and why.",
    tools: [
      "list_members",
      "get_past_due_members",
      "get_past_due_training_clients",
      "get_collection_attempts",
      "get_member_profile",
      "send_payment_reminder",
    ],
    purpose: "service",
  },
  escalation: {
    task: "Find members who owe more than 200 and write the note “Needs a person: look at what is owed and call.” for each of them. Tell me who they are, what they owe and how often they were reminded.",
    tools: ["list_members", "get_past_due_members", "get_collection_attempts", "get_member_profile", "add_member_note"],
    purpose: "service",
  },
  referral: {
    task: "Propose the debts that are ripe for collections: at least three attempts, two weeks and 50. Two people decide. Tell me how many there are and what they come to.",
    tools: ["get_past_due_members", "get_collection_attempts", "generate_collections_referral_list"],
    purpose: "service",
  },
  invoices: {
    task: "Find members who owe something and remind each of what they owe in a friendly way, with the link to pay where there is one. Tell me the total and who could not be reached.",
    tools: ["list_members", "get_past_due_members", "get_member_profile", "send_payment_reminder"],
    purpose: "service",
  },
  door_access: {
    task: "Ask the team about the doors: to lock those of members who owe and are past three days, and to unlock those of members who owe nothing any more. Tell me how many were asked about and who was left alone.",
    tools: ["get_past_due_members", "check_member_access_status", "auto_manage_access_by_payment_status"],
    purpose: "service",
  },
  proactive: {
    task: "Find members who joined within 366 days and were here within 7 days, and text each a friendly hello that thanks them for coming. Nobody who owes anything gets one.",
    tools: ["list_members", "get_member_profile", "send_message_to_member"],
    purpose: "service",
  },
  sequence: {
    task: "Find members who have not been in for three weeks and owe nothing, and text each a friendly hello. List those without a phone for me.",
    tools: ["list_members", "get_campaign_prospects", "get_member_profile", "search_knowledge", "send_message_to_member"],
    purpose: "marketing",
  },
} as const satisfies Readonly<
  Record<CopyableKind, { readonly [Key in keyof Copy]: Copy[Key] extends readonly (infer Name)[] ? readonly Name[] : Copy[Key] }>
>;

export const isCopyable = (kind: string): kind is CopyableKind => Object.hasOwn(CUSTOM_COPIES, kind);
