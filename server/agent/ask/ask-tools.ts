import { z } from "zod";

import { defineClubTool, short, withSample, type ClubTool } from "#server/agent/tools/club-tools/define-club-tool.ts";
import { memberBehind, PersonHandle } from "#server/agent/tools/club-tools/person.ts";
import { CLUB_TOOLS } from "#server/agent/tools/club-tools/registry.ts";
import { dayText } from "#server/domain/calendar-date.ts";
import { CalendarDate } from "#server/domain/calendar-date-schema.ts";
import { DomainError } from "#server/domain/errors.ts";
import { listPeople } from "#server/services/members/list-people.ts";

/** Chosen by us: more people of one name than this are not told apart by a list. */
const NAMESAKES_SHOWN = 5;

const findMember = defineClubTool({
  name: "find_member",
  description:
    "Members whose name holds these words, five at most, with a handle each. Use it where the question names somebody. count 0 means that nobody is called so; more than one means that you must ask which one is meant.",
  risk: "read",
  effectKind: "read",
  capability: null,
  maxPerRun: 6,
  input: z.strictObject({ name: z.string().trim().min(2).max(60) }),
  summarize: ({ name }) => `Look for a member called “${name}”`,
  run: async ({ ctx, run }, { name }) => {
    const { items, nextCursor } = await listPeople(ctx, { segment: "members", search: name });
    return withSample(
      { count: items.length, ...(nextCursor === null ? {} : { more: true }) },
      items
        .slice(0, NAMESAKES_SHOWN)
        .map((item) => ({ person: run.handles.of("member", item.id), name: short(item.name, 40), status: item.status })),
    );
  },
});

/** By this name the person who asked puts the hold themselves: see `decide-ask-call`. */
export const PAUSE_TOOL = "pause_collections";
export const PauseInput = z.strictObject({ person: PersonHandle, until: CalendarDate, reason: z.string().trim().min(3).max(200) });

const pauseCollections = defineClubTool({
  name: PAUSE_TOOL,
  description:
    "Prepares a pause of everything that follows from one member's debt: reminders, locks, referral. person is a handle, until the last day of the pause as yyyy-mm-dd, reason what the question says. status asked_you = whoever asked presses a button for it; nothing has happened yet.",
  risk: "reversible",
  effectKind: "state",
  capability: null,
  maxPerRun: 5,
  input: PauseInput,
  summarize: ({ person, reason, until }) => `Pause collections for ${person} until the end of ${dayText(until)}: “${reason}”`,
  run: ({ run }, { person, until }) => {
    memberBehind(run, person);
    if (run.isDryRun) {
      throw new DomainError("invalid", "a pause is asked of a person");
    }
    return Promise.resolve({ person, until, status: "asked_you" });
  },
});

/** What may be asked for in the chat of whoever runs the club. */
export const ASK_TOOLS: readonly ClubTool[] = [...CLUB_TOOLS, findMember, pauseCollections];
