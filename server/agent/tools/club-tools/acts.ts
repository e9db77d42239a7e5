import { z } from "zod";

import { defineClubTool } from "#server/agent/tools/club-tools/define-club-tool.ts";
import { memberBehind, PersonHandle } from "#server/agent/tools/club-tools/person.ts";
import { TIERS } from "#server/domain/past-due/facts.ts";
import { CHANNEL_KINDS } from "#server/domain/vocabulary.ts";
import { requestAccess } from "#server/services/access/request-access.ts";
import { requestReminder } from "#server/services/collections/request-reminder.ts";
import { NOTE_CATEGORIES, NOTE_PRIORITIES, requestNote } from "#server/services/members/request-note.ts";
import { requestMessage } from "#server/services/messages/request-message.ts";

/** What all of them answer. */
const STATUS =
  "status done = it happened; asked_the_team = a person decides, so do not say that it was done; not_done or unclear = report exactly that.";

export const sendMessageToMember = defineClubTool({
  name: "send_message_to_member",
  description: `Sends one text to one member, written for them and not for the club. person is a handle of this run; channel may be left out: then the best one is taken. ${STATUS}`,
  risk: "sends",
  effectKind: "send",
  capability: "message.send",
  maxPerRun: 20,
  input: z.strictObject({
    person: PersonHandle,
    message_text: z.string().trim().min(1).max(1_000),
    channel: z.enum(CHANNEL_KINDS).optional(),
  }),
  summarize: ({ message_text: text, person }) => `Send ${person} this text: “${text}”`,
  run: async ({ callKey, ctx, isAlone, run }, { channel, message_text: text, person }) => {
    const memberId = memberBehind(run, person);
    const { status } = await requestMessage(ctx, { callKey, isAlone, memberId, text, ...(channel === undefined ? {} : { channel }) });
    return { person, status };
  },
});

export const sendPaymentReminder = defineClubTool({
  name: "send_payment_reminder",
  description: `Reminds one member of exactly what they owe, in the club's own words. person is a handle of this run, tier is friendly, firm or final. Refused with the reason where the ladder of reminders sends none now, or none as firm as this. ${STATUS}`,
  risk: "sends",
  effectKind: "send",
  capability: "message.send",
  maxPerRun: 20,
  input: z.strictObject({ person: PersonHandle, tier: z.enum(TIERS) }),
  summarize: ({ person, tier }) => `Send ${person} a ${tier} reminder of what they owe`,
  run: async ({ callKey, ctx, isAlone, run }, { person, tier }) => {
    const { status } = await requestReminder(ctx, { callKey, isAlone, memberId: memberBehind(run, person), tier });
    return { person, status };
  },
});

export const addMemberNote = defineClubTool({
  name: "add_member_note",
  description: `Writes a note about one member into the club's own system, for its people. person is a handle of this run. ${STATUS}`,
  risk: "reversible",
  effectKind: "state",
  capability: "notes.write",
  maxPerRun: 20,
  input: z.strictObject({
    person: PersonHandle,
    priority: z.enum(NOTE_PRIORITIES),
    category: z.enum(NOTE_CATEGORIES),
    note: z.string().trim().min(1).max(1_000),
  }),
  summarize: ({ category, note, person, priority }) => `Write a note about ${person} (${priority}, ${category}): “${note}”`,
  run: async ({ callKey, ctx, isAlone, run }, { category, note, person, priority }) => {
    const { status } = await requestNote(ctx, { callKey, isAlone, memberId: memberBehind(run, person), category, note, priority });
    return { person, status };
  },
});

const door = { risk: "physical", effectKind: "state", capability: "access.state", maxPerRun: 10 } as const;
const OnePerson = z.strictObject({ person: PersonHandle });

export const lockDoorForMember = defineClubTool({
  ...door,
  name: "lock_door_for_member",
  description: `Asks the team to shut one member out over a debt. person is a handle of this run. A manager decides, always. Refused without a debt that is known for certain, for minors, for frozen memberships, and while a promise or a payment is open. ${STATUS}`,
  input: OnePerson,
  summarize: ({ person }) => `Ask the team to lock the door for ${person}`,
  run: async ({ callKey, ctx, run }, { person }) => {
    const { status } = await requestAccess(ctx, { callKey, memberId: memberBehind(run, person), state: "suspended" });
    return { person, status };
  },
});

export const unlockDoorForMember = defineClubTool({
  ...door,
  name: "unlock_door_for_member",
  description: `Asks the team to let one member in again who is locked out. person is a handle of this run. A manager decides, always; it opens no door now. ${STATUS}`,
  input: OnePerson,
  summarize: ({ person }) => `Ask the team to unlock the door for ${person}`,
  run: async ({ callKey, ctx, run }, { person }) => {
    const { status } = await requestAccess(ctx, { callKey, memberId: memberBehind(run, person), state: "allowed" });
    return { person, status };
  },
});
