/** From what changes nothing to what moves something in the world; the registry of tools holds itself to this table. */
export const TOOL_RISKS = ["read", "reversible", "sends", "money", "physical"] as const;
export type ToolRisk = (typeof TOOL_RISKS)[number];

type Words = { readonly risk: ToolRisk; readonly label: string; readonly about: string };

/** Every tool that a task in plain words may be allowed, in the order an owner reads them. */
export const CUSTOM_TOOLS = {
  list_members: { risk: "read", label: "Find members", about: "by visits, balance, joining, status and whether a phone is known" },
  find_member: { risk: "read", label: "Find one member by name", about: "" },
  get_member_profile: { risk: "read", label: "Look up one member", about: "status, visits, what they owe" },
  get_green_members: { risk: "read", label: "Count new members", about: "with the ten newest" },
  get_ppv_members: { risk: "read", label: "Count pay-per-visit members", about: "with the ten newest" },
  get_campaign_prospects: { risk: "read", label: "Count prospects", about: "with the ten newest" },
  get_past_due_members: { risk: "read", label: "Count who owes", about: "with the ten who owe most" },
  get_past_due_training_clients: { risk: "read", label: "Count who owes for training", about: "with the ten who owe most" },
  get_collection_attempts: { risk: "read", label: "Count reminders that went out", about: "" },
  check_member_access_status: { risk: "read", label: "Look up the access of one member", about: "" },
  get_campaign_templates: { risk: "read", label: "Read the campaign texts", about: "" },
  search_knowledge: { risk: "read", label: "Read the club’s articles", about: "" },
  add_member_note: { risk: "reversible", label: "Write a note about a member", about: "into the club’s own system" },
  send_message_to_member: { risk: "sends", label: "Text one person", about: "a member or a prospect, in words of its own" },
  send_payment_reminder: { risk: "sends", label: "Remind one member of what they owe", about: "in the club’s own words" },
  send_bulk_campaign: { risk: "sends", label: "Propose one text for a group", about: "a manager lets each one go" },
  generate_collections_referral_list: { risk: "money", label: "Propose collections referrals", about: "two people decide" },
  lock_door_for_member: { risk: "physical", label: "Ask to lock the door for a member", about: "a manager decides each one" },
  unlock_door_for_member: { risk: "physical", label: "Ask to unlock the door for a member", about: "a manager decides each one" },
  auto_manage_access_by_payment_status: {
    risk: "physical",
    label: "Ask about doors by what is owed",
    about: "a manager decides each one",
  },
} as const satisfies Record<string, Words>;

export type CustomToolName = keyof typeof CUSTOM_TOOLS;
export const CUSTOM_TOOL_NAMES = Object.keys(CUSTOM_TOOLS) as readonly CustomToolName[];

export const isCustomTool = (name: string): name is CustomToolName => Object.hasOwn(CUSTOM_TOOLS, name);

/** What an owner may choose, the strictest first. */
export const APPROVAL_LEVELS = ["everything", "sends", "within_limits"] as const;
export type ApprovalLevel = (typeof APPROVAL_LEVELS)[number];

/**
 * How a deed is let go: `alone`; with a person's yes to the `plan` it stands in; or by a question of its own for `each`.
 * In the order of their strictness.
 */
export const GATES = ["alone", "plan", "each"] as const;
export type Gate = (typeof GATES)[number];

/** What the risk of a tool asks for at least, whatever anybody has chosen: money and doors are a person's, one by one. */
export const LEAST_GATE = { read: "alone", reversible: "alone", sends: "alone", money: "each", physical: "each" } as const satisfies Record<
  ToolRisk,
  Gate
>;

/** The lowest risk that each level asks about. */
const ASKS_FROM = { everything: "reversible", sends: "sends", within_limits: "money" } as const satisfies Record<ApprovalLevel, ToolRisk>;

/** The stricter of what the owner chose and what the risk asks for at least. Looking things up needs nobody. */
export const gateFor = (level: ApprovalLevel, risk: ToolRisk): Gate => {
  const chosen: Gate = TOOL_RISKS.indexOf(risk) >= TOOL_RISKS.indexOf(ASKS_FROM[level]) ? "plan" : "alone";
  const least = LEAST_GATE[risk];
  return GATES.indexOf(chosen) > GATES.indexOf(least) ? chosen : least;
};

/** One text for many is a question of its own whatever the level, as it is wherever else it is asked for. */
const ALWAYS_ASKED: ReadonlySet<CustomToolName> = new Set(["send_bulk_campaign"]);

export const gateOfTool = (level: ApprovalLevel, name: CustomToolName): Gate =>
  ALWAYS_ASKED.has(name) ? "each" : gateFor(level, CUSTOM_TOOLS[name].risk);
