import { describe, expect, test } from "vitest";

import { textFaults, textWarnings } from "./text-faults.ts";

const RULES = { fields: ["first_name", "club_name"], required: ["club_name"] } as const;

describe("a text while it is written", () => {
  test.each([
    ["a field nobody knows", "Hi {{nobody}}, this is {{club_name}} today.", "it names nobody, which is no field of this text"],
    ["a field of other texts", "Hi {{amount}}, this is {{club_name}} today.", "it names amount, which is no field of this text"],
    ["no club", "Hi {{first_name}}, we have a new class for you.", "it does without club_name"],
    ["too little", "{{club_name}}", "it is too short"],
    ["too much", `{{club_name}} ${"a".repeat(500)}`, "it is too long for a text"],
    ["a way out of its own", "This is {{club_name}}. Reply STOP to end it.", "it speaks of opting out, which code does"],
  ])("with %s cannot be kept", (_what, body, fault) => {
    expect(textFaults(RULES, body)).toEqual([fault]);
  });

  test("plain words have neither faults nor warnings", () => {
    const body = "Hi {{first_name}}, {{club_name}} plays on court 2 this week. Are you coming?";
    expect([...textFaults(RULES, body), ...textWarnings(body)]).toEqual([]);
  });

  test.each([
    "We will sue you.",
    "This goes to a collection agency.",
    "It harms your credit score.",
    "Our lawyers will call.",
    "We call the police.",
  ])("what the law of debts forbids is named: %s", (body) => {
    expect(textWarnings(body)).toEqual([expect.stringMatching(/^it threatens: /)]);
  });

  test("a shout is named", () => {
    expect(textWarnings("AMAZING news from {{club_name}}")).toEqual(["it shouts"]);
  });
});
