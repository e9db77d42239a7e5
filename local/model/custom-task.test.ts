import { describe, expect, test } from "vitest";

import { filledText, taskPlanOf } from "./custom-task.ts";

describe("the demo brain takes a task for what its words say", () => {
  test.each([
    [
      "Every Monday find members who have not been in for three weeks and owe nothing, and text each a friendly hello; list those without a phone for me",
      { not_seen_for_days: 21, owes: "nothing", has_phone: true },
      "send_message_to_member",
      true,
    ],
    [
      "Every two weeks text members who joined within 10 days a welcome",
      { joined_within_days: 10, has_phone: true },
      "send_message_to_member",
      false,
    ],
    ["Remind everybody who owes more than 50 in a firm way", { owes: "something", min_amount: 50.01 }, "send_payment_reminder", false],
    ["Write the note “ask about the freeze” for each frozen member", { status: "frozen" }, "add_member_note", false],
    ["List members who were not here for 60 days", { not_seen_for_days: 60 }, null, false],
  ])("%s", (task, input, tool, listsWithoutPhone) => {
    const plan = taskPlanOf(task);
    expect(plan).toMatchObject({ kind: "plan", list: { tool: "list_members", input }, listsWithoutPhone });
    expect(plan.kind === "plan" ? (plan.deed?.tool ?? null) : "").toBe(tool);
  });

  test("words in quotation marks are the text, and only names are put into it", () => {
    expect(taskPlanOf("Text prospects “Hi {name}, {club} has a new class on Friday.”")).toMatchObject({
      list: { tool: "get_campaign_prospects" },
      deed: { text: "Hi {name}, {club} has a new class on Friday." },
    });
    expect(filledText("Hi {name}, {club} has a class.", { name: "Dana", club: "Ironwood" })).toBe("Hi Dana, Ironwood has a class.");
  });

  test.each([
    "Make the place nicer",
    "Text somebody something clever",
    "Find members who have not been in for three weeks and do the needful",
  ])("%s: it says that it cannot", (task) => {
    expect(taskPlanOf(task)).toMatchObject({ kind: "cannot", why: expect.stringContaining("I could not make out") });
  });
});
