import { OPT_OUT_LINE, type MergeField } from "./merge-fields.ts";
import { GREETING_TEMPLATES } from "./occasion-data.ts";
import { SEQUENCE_TEMPLATES } from "./sequence-data.ts";

/** Every text a workflow writes, with whom it is for, what it may be filled with, and the words where nobody wrote better ones. */
export type TemplateSpec = {
  readonly name: string;
  /** Whose consent it needs. */
  readonly purpose: "service" | "billing" | "marketing";
  /** What whoever writes it is told. */
  readonly brief: string;
  readonly fields: readonly MergeField[];
  /** Must stand in it. */
  readonly required: readonly MergeField[];
  /** One of them is taken by the variant of the outcome. */
  readonly builtIn: readonly [string, ...string[]];
};

const GREETING = ["first_name", "club_name", "club_phone"] as const satisfies readonly MergeField[];

export const TEMPLATES = {
  prospect_welcome: {
    name: "Welcome to a prospect",
    purpose: "marketing",
    brief:
      "A first text to somebody who asked about the club and has not joined. Say hello, offer to answer questions or a visit, and ask one easy question.",
    fields: GREETING,
    required: ["club_name"],
    builtIn: [
      "Hi {{first_name}}, this is {{club_name}}. Thanks for your interest in us! Would you like to come by for a look around, or is there anything I can answer first?",
    ],
  },
  monthly_special: {
    name: "Monthly note to a prospect",
    purpose: "marketing",
    brief:
      "A friendly note to a prospect who was written to before. Name an offer only if the knowledge states one; otherwise invite them to visit.",
    fields: GREETING,
    required: ["club_name"],
    builtIn: ["Hi {{first_name}}, it's {{club_name}}. We'd still love to show you around. Is there a day this week that would suit you?"],
  },
  green_member_welcome: {
    name: "Welcome to a new member",
    purpose: "service",
    brief: "A warm welcome to somebody who joined within the last weeks. Ask how it is going and offer help. No offer, nothing to buy.",
    fields: [...GREETING, "membership_type"],
    required: ["club_name"],
    builtIn: ["Hi {{first_name}}, welcome to {{club_name}}! How are your first visits going? If you have any question, just reply here."],
  },
  ppv_conversion: {
    name: "Note to a pay-per-visit guest",
    purpose: "marketing",
    brief:
      "A note to somebody who pays per visit: ask whether a membership might suit them better and offer to explain. Prices only if the knowledge states them.",
    fields: GREETING,
    required: ["club_name"],
    builtIn: [
      "Hi {{first_name}}, thanks for training with us at {{club_name}}! If you come by often, a membership may suit you better. Shall I tell you how it works?",
    ],
  },
  lock_warning: {
    name: "Warning before the door is locked",
    purpose: "service",
    brief:
      "Tells a member that their door access ends on the named day because something on their account is open. Plain and kind: name the day, name no amount, ask them to settle it before then, and offer help. No threat.",
    fields: [...GREETING, "lock_date"],
    required: ["club_name", "lock_date"],
    builtIn: [
      "Hi {{first_name}}, this is {{club_name}}. A payment is still open, so your door access would end on {{lock_date}}. Please take care of it before then, or reply here if you need help or see it differently.",
    ],
  },
  ...GREETING_TEMPLATES,
  ...SEQUENCE_TEMPLATES,
} as const satisfies Record<string, TemplateSpec>;

export type TemplateKey = keyof typeof TEMPLATES;
export const TEMPLATE_KEYS = Object.keys(TEMPLATES) as readonly TemplateKey[];
export const isTemplateKey = (key: string): key is TemplateKey => Object.hasOwn(TEMPLATES, key);
export const templateSpec = (key: TemplateKey): TemplateSpec => TEMPLATES[key];

/** Chosen by us: three parts of a text, the line that says how to opt out among them. */
export const TEMPLATE_MAX_CHARACTERS = 440;
export const TEMPLATE_MIN_CHARACTERS = 20;
export const TEMPLATE_ROOM = TEMPLATE_MAX_CHARACTERS - OPT_OUT_LINE.length - 1;
