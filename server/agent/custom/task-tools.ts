import { z } from "zod";

import { ASK_TOOLS } from "#server/agent/ask/ask-tools.ts";
import { listMembers } from "#server/agent/custom/list-members.ts";
import { addMemberNote, lockDoorForMember, sendPaymentReminder, unlockDoorForMember } from "#server/agent/tools/club-tools/acts.ts";
import { defineClubTool, type ClubRun, type ClubTool } from "#server/agent/tools/club-tools/define-club-tool.ts";
import { memberBehind, PersonHandle } from "#server/agent/tools/club-tools/person.ts";
import { DomainError } from "#server/domain/errors.ts";
import { TIERS } from "#server/domain/past-due/facts.ts";
import { MESSAGES_MAX } from "#server/domain/workflows/custom-task.ts";
import { isCustomTool, type CustomToolName } from "#server/domain/workflows/custom-tools.ts";
import { NOTE_CATEGORIES, NOTE_PRIORITIES, noteText } from "#server/services/members/request-note.ts";
import type { TaskDeed, TaskPerson } from "#server/services/workflows/custom/plan-task-deed.ts";

/** What they answer instead of what they do elsewhere: in a task a deed is written into the plan. */
const STATUS =
  "status planned = it stands in the plan of this run, nothing has happened yet; will_not_be_sent = the rules of the club forbid it, say so.";

/** Chosen by us: two lines of a text message and a bit. */
const TEXT_MAX_CHARACTERS = 480;

const unreachable = (): never => {
  throw new DomainError("precondition_failed", "in a task a deed is planned");
};

const planned = <Input>(
  tool: Pick<ClubTool, "name" | "risk" | "effectKind" | "capability" | "maxPerRun">,
  { description, input, summarize }: { description: string; input: z.ZodType<Input>; summarize: (input: Input) => string },
): ClubTool => defineClubTool({ ...tool, description: `${description} ${STATUS}`, input, summarize, run: unreachable });

const MessageInput = z.strictObject({ person: PersonHandle, message_text: z.string().trim().min(1).max(TEXT_MAX_CHARACTERS) });
const ReminderInput = z.strictObject({ person: PersonHandle, tier: z.enum(TIERS) });
const NoteInput = z.strictObject({
  person: PersonHandle,
  priority: z.enum(NOTE_PRIORITIES),
  category: z.enum(NOTE_CATEGORIES),
  note: z.string().trim().min(1).max(1_000),
});
const OnePerson = z.strictObject({ person: PersonHandle });

const sendMessage = planned(
  { name: "send_message_to_member", risk: "sends", effectKind: "send", capability: "message.send", maxPerRun: MESSAGES_MAX },
  {
    description: `Plans one text to one member or prospect, written for them and not for the club, ${TEXT_MAX_CHARACTERS} characters at most; how to opt out is added. person is a handle of this run. State no figure, day or offer that neither the task nor a result has.`,
    input: MessageInput,
    summarize: ({ message_text: text, person }) => `Text ${person}: “${text}”`,
  },
);

const remind = planned(
  { ...sendPaymentReminder, maxPerRun: MESSAGES_MAX },
  {
    description:
      "Plans a reminder of exactly what one member owes, in the club's own words. person is a handle of this run, tier is friendly, firm or final. Refused with the reason where the ladder of reminders sends none now, or none as firm as this.",
    input: ReminderInput,
    summarize: ({ person, tier }) => `Send ${person} a ${tier} reminder of what they owe`,
  },
);

const writeNote = planned(addMemberNote, {
  description: "Plans a note about one member in the club's own system, for its people. person is a handle of this run.",
  input: NoteInput,
  summarize: ({ note, person }) => `Write a note about ${person}: “${note}”`,
});

const lock = planned(lockDoorForMember, {
  description:
    "Plans a question to the team whether to shut one member out over a debt; a manager decides. person is a handle of this run. Refused without a debt that is known for certain, for minors, for frozen memberships, and while a promise or a payment is open.",
  input: OnePerson,
  summarize: ({ person }) => `Ask the team to lock the door for ${person}`,
});

const unlock = planned(unlockDoorForMember, {
  description:
    "Plans a question to the team whether to let one member in again who is locked out; a manager decides. person is a handle of this run.",
  input: OnePerson,
  summarize: ({ person }) => `Ask the team to unlock the door for ${person}`,
});

const DEEDS = [sendMessage, remind, writeNote, lock, unlock] as const;

/** All that a task may be allowed, each under the name and the risk of the table. */
export const TASK_TOOLS: readonly ClubTool[] = [
  listMembers,
  ...ASK_TOOLS.filter(({ name }) => isCustomTool(name) && DEEDS.every((deed) => deed.name !== name)),
  ...DEEDS,
];

/** What one task is offered; whatever else the model asks for does not exist. */
export const toolsOf = (allowed: readonly CustomToolName[]): readonly ClubTool[] =>
  TASK_TOOLS.filter(({ name }) => isCustomTool(name) && allowed.includes(name));

/** The deed behind a request that has been checked, or null for a tool that is run as it is. @throws `invalid` for a handle that is none of this run */
export const deedOf = (
  request: { readonly name: string; readonly input: unknown },
  { purpose, run }: { readonly run: ClubRun; readonly purpose: "service" | "marketing" },
): { readonly deed: TaskDeed; readonly handle: string } | null => {
  switch (request.name) {
    case sendMessage.name: {
      const { message_text: text, person } = MessageInput.parse(request.input);
      return { handle: person, deed: { kind: "message", person: personBehind(run, person), text, purpose } };
    }
    case remind.name: {
      const { person, tier } = ReminderInput.parse(request.input);
      return { handle: person, deed: { kind: "reminder", memberId: memberBehind(run, person), tier } };
    }
    case writeNote.name: {
      const { person, ...words } = NoteInput.parse(request.input);
      return { handle: person, deed: { kind: "note", memberId: memberBehind(run, person), text: noteText(words) } };
    }
    case lock.name:
    case unlock.name: {
      const { person } = OnePerson.parse(request.input);
      return { handle: person, deed: { kind: request.name === lock.name ? "lock" : "unlock", memberId: memberBehind(run, person) } };
    }
    default:
      return null;
  }
};

const personBehind = (run: ClubRun, handle: string): TaskPerson => {
  const prospect = run.handles.read("prospect", handle);
  return prospect === null ? { kind: "member", id: memberBehind(run, handle) } : { kind: "prospect", id: prospect };
};
