import { describe, expect, test } from "vitest";

import { planOf } from "./ask-plan.ts";

const FRIDAY = { date: "2026-11-20" };

describe("the demo brain takes a plain request for what its words say", () => {
  test.each([
    ["who owes more than 100 and hasn't been in for a month?", "get_past_due_members", { min_amount: 100.01, not_seen_for_days: 30 }],
    ["Which training clients owe at least $50?", "get_past_due_training_clients", { min_amount: 50 }],
    ["How many prospects do we have?", "get_campaign_prospects", {}],
    ["who joined within 2 weeks", "get_green_members", { joined_within_days: 14 }],
    ["pay-per-visit people not here for 60 days", "get_ppv_members", { filters: { not_seen_for_days: 60 } }],
    ["When is the front desk staffed?", "search_knowledge", { question: "When is the front desk staffed?" }],
  ])("%s", (question, name, input) => {
    expect(planOf(question, FRIDAY)).toEqual({ kind: "look_up", name, input });
  });

  test.each([
    ["pause collections for Dana until Friday", "Dana", "pause_collections", { until: "2026-11-27", reason: "asked for in the chat" }],
    [
      "Pause collections for Dana Pike until tomorrow please",
      "Dana Pike",
      "pause_collections",
      { until: "2026-11-21", reason: "asked for in the chat" },
    ],
    ["remind Robin Hale", "Robin Hale", "send_payment_reminder", { tier: "friendly" }],
    ["unlock the door for Robin", "Robin", "unlock_door_for_member", {}],
    ["text Ana: your towel is at the desk", "Ana", "send_message_to_member", { message_text: "your towel is at the desk" }],
    ["how much does Robin owe?", "Robin", "get_member_profile", {}],
  ])("%s", (question, find, name, input) => {
    expect(planOf(question, FRIDAY)).toEqual({ kind: "about_one", find, name, input });
  });

  test("a pause without a day it knows is not guessed", () => {
    expect(planOf("pause collections for Dana until whenever", FRIDAY)).toMatchObject({ kind: "cannot" });
  });
});
