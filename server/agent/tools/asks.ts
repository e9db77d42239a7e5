import { z } from "zod";

import { defineTool } from "#server/agent/tools/define-tool.ts";
import { findDoor } from "#server/services/access/find-door.ts";
import { findBay } from "#server/services/devices/find-bay.ts";

/** These only ask: what follows is said and done by code, on the road of the automation, and the answer ends with them. */

export const resetBay = defineTool({
  name: "reset_bay",
  description:
    "Asks for the computer of a bay to be reset when its simulator is frozen. bay is the number the member named; without one, ask them first. Only for whoever holds the running booking of that bay. Nothing is reset by this alone: the member, or a person of the club, is asked to confirm in words that are not yours.",
  scope: "conversation",
  risk: "physical",
  effectKind: "pulse",
  capability: "device.reset",
  needsBound: true,
  maxPerRun: 1,
  input: z.strictObject({ bay: z.string().regex(/^\d{1,2}$/) }),
  summarize: ({ bay }) => `Reset the computer of bay ${bay}`,
  run: async ({ ctx, facts }, { bay }) => {
    const { kind } = await findBay(ctx, { bay, conversationId: facts.conversationId });
    return { status: kind };
  },
});

export const requestDoorUnlock = defineTool({
  name: "request_door_unlock",
  description:
    "Asks the team to open a door for the member who writes, only when they stand before it now and cannot get in. Takes nothing. A manager decides, always; never say that the door is open.",
  scope: "conversation",
  risk: "physical",
  effectKind: "pulse",
  capability: "door.pulse",
  needsBound: true,
  maxPerRun: 1,
  input: z.strictObject({}),
  summarize: () => "Ask the team to open the door for the member of this conversation",
  run: async ({ ctx, facts }) => {
    const { kind } = await findDoor(ctx, { conversationId: facts.conversationId, words: "" });
    return { status: kind };
  },
});

export const handOver = defineTool({
  name: "hand_over",
  description:
    "Gives this conversation to a person of the club. Use it when they ask for one, when you cannot help, or when it touches what only a person may answer. What they are told is said by code.",
  scope: "conversation",
  risk: "reversible",
  effectKind: "state",
  capability: null,
  needsBound: false,
  maxPerRun: 1,
  input: z.strictObject({}),
  summarize: () => "Give this conversation to a person",
  // The decision does it: with this call in its run the answer is a handover, whatever else was drafted.
  run: () => Promise.resolve({ status: "handing_over" }),
});
