import { expect, test } from "vitest";

import { ownershipHint } from "#components/thread/ownership.ts";
import type { Thread } from "#server/domain/inbox-view.ts";

const clock = { now: new Date("2026-11-20T21:00:00Z"), zone: "America/Denver" };

const conversation: Thread["conversation"] = {
  id: "conv_a",
  contactId: "ct_a",
  contactName: "Dana Whitfield",
  channelKind: "sms",
  channelName: "Main line",
  subject: null,
  status: "open",
  handledBy: "agent",
  ownerName: null,
  needsYou: "none",
  waitingSince: null,
  snoozedUntil: null,
  unreadCount: 0,
  requiresResponse: false,
  lastMessageAt: clock.now,
  lastMessagePreview: "hi",
  lastMessageAuthor: "contact",
  lastCategory: null,
  tags: [],
  clubSequence: "1",
  handBackAt: null,
};

test("whoever answers while Spotter handles a conversation is told that it becomes theirs", () => {
  expect(ownershipHint(conversation, clock)).toContain("Sending takes it over");
  expect(ownershipHint({ ...conversation, needsYou: "escalation" }, clock)).toBe("Spotter waits for a person here. Sending takes it over.");
});

test("a stretch of a person names the person and, on the club's clock, its end", () => {
  const handled = { ...conversation, handledBy: "staff", ownerName: "Avery Chen" } as const;
  expect(ownershipHint(handled, clock)).toBe("Avery Chen is handling this.");
  expect(ownershipHint({ ...handled, handBackAt: new Date("2026-11-20T23:30:00Z") }, clock)).toBe(
    "Avery Chen is handling this. Spotter takes it back at 4:30 PM.",
  );
});
