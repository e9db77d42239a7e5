import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { checkTemplate } from "./check-template.ts";
import {
  fieldsOf,
  MERGE_FIELD_NAMES,
  OPT_OUT_LINE,
  render,
  renderExample,
  segmentsOf,
  unknownFieldsOf,
  withOptOut,
} from "./merge-fields.ts";
import { fallOf } from "./standing-approval.ts";
import { TEMPLATE_KEYS, TEMPLATE_ROOM, templateSpec } from "./templates.ts";

const anyField = fc.constantFrom(...MERGE_FIELD_NAMES);

describe("a text filled for one person", () => {
  test("holds the value as it is, also where it looks like a field or a pattern", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        const clean = value.replaceAll(/\s+/gu, " ").trim();
        const rendered = render("A {{club_name}} B", { club_name: value });
        expect(rendered).toEqual(clean === "" ? { kind: "missing", fields: ["club_name"] } : { kind: "text", text: `A ${clean} B` });
      }),
    );
  });

  test("is no text while something is not known that has no fallback, and names it", () => {
    expect(render("{{amount}} for {{due_for}}, {{first_name}}", {})).toEqual({ kind: "missing", fields: ["amount"] });
    expect(render("Hi {{ first_name }}, {{due_for}}", { first_name: "  " })).toEqual({ kind: "text", text: "Hi there, your membership" });
  });

  test("takes no field that is not on the list, however it is spelled", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z_ .]{1,12}$/), (name) => {
        const isKnown = MERGE_FIELD_NAMES.some((field) => field === name.trim());
        expect(unknownFieldsOf(`Hi {{${name}}}`)).toEqual(isKnown ? [] : [name.trim()]);
      }),
    );
    expect(unknownFieldsOf("Hi {{first_name}")).toEqual(["{"]);
    expect(render("{{constructor}} {{first_name}}", {}).kind).toBe("missing");
    expect(render("{{first_name}}", JSON.parse('{"__proto__":{"first_name":"x"}}'))).toEqual({ kind: "text", text: "there" });
  });

  test("names each field once, in the order of its first place", () => {
    fc.assert(
      fc.property(fc.array(anyField, { maxLength: 8 }), (fields) => {
        expect(fieldsOf(fields.map((field) => `{{${field}}}`).join(" "))).toEqual([...new Set(fields)]);
      }),
    );
  });

  test("says once how to opt out", () => {
    expect(withOptOut("Hi.")).toBe(`Hi.\n${OPT_OUT_LINE}`);
    expect(withOptOut(withOptOut("Hi."))).toBe(withOptOut("Hi."));
  });
});

test.each([
  ["a".repeat(160), 1],
  ["a".repeat(161), 2],
  ["a".repeat(306), 2],
  ["a".repeat(307), 3],
  ["€".repeat(80), 1],
  ["€".repeat(81), 2],
  ["😀".repeat(35), 1],
  ["“".repeat(70), 1],
  ["“".repeat(71), 2],
  ["“".repeat(135), 3],
])("%s costs so many parts", (text, segments) => {
  expect(segmentsOf(text)).toBe(segments);
});

describe("a text that is written for a group", () => {
  const sources = { facts: ["Iron Valley Gym", "Personal training is $45."], allowedLinkHosts: [], language: "en" };
  const key = "prospect_welcome";

  test("the built-in words pass, with and without exclamation marks", () => {
    for (const each of TEMPLATE_KEYS) {
      for (const body of templateSpec(each).builtIn) {
        expect(checkTemplate(each, body, sources)).toEqual([]);
        expect(checkTemplate(each, body.replaceAll("!", "."), sources)).toEqual([]);
        expect(body.length).toBeLessThanOrEqual(TEMPLATE_ROOM);
        expect(renderExample(body).kind).toBe("text");
      }
    }
  });

  test.each([
    ["a price nobody told", "Hi {{first_name}}, this is {{club_name}}. Join for $9.99 a month, shall we talk?"],
    ["a discount", "Hi {{first_name}}, this is {{club_name}}. You get 50% off if you join, shall we talk?"],
    ["a link", "Hi {{first_name}}, this is {{club_name}}. Have a look at https://iron.example/join today."],
    ["an hour", "Hi {{first_name}}, this is {{club_name}}. We are open until 11 pm, come by for a visit?"],
    ["a promise", "Hi {{first_name}}, this is {{club_name}}. We will call you tomorrow about a membership."],
    ["a foreign field", "Hi {{first_name}}, this is {{club_name}}. You owe {{amount}}, how are you going to pay?"],
    ["no club", "Hi {{first_name}}, would you like to come by for a look around this week?"],
    ["a way out of its own", "Hi {{first_name}}, this is {{club_name}}. Come by? Reply STOP to unsubscribe."],
    ["shouting", "Hi {{first_name}}, this is {{club_name}}. AMAZING news for you, shall I tell you about it?"],
    ["too much", `Hi {{first_name}}, this is {{club_name}}. ${"Come by for a visit. ".repeat(25)}`],
  ])("with %s does not pass", (_what, body) => {
    expect(checkTemplate(key, body, sources)).not.toEqual([]);
  });

  test("a price that the club's texts hold passes", () => {
    const body = "Hi {{first_name}}, this is {{club_name}}. Personal training is $45. Would you like to hear more about it?";
    expect(checkTemplate(key, body, sources)).toEqual([]);
  });
});

test.each([
  ["as many", 100, "same", 0, null],
  ["a fifth more", 120, "same", 0, null],
  ["more than a fifth more", 121, "same", 0, "group_grew"],
  ["other words", 100, "other", 0, "text_changed"],
  ["to the last moment", 100, "same", 29 * 86_400_000 + 86_399_999, null],
  ["after thirty days", 100, "same", 30 * 86_400_000, "expired"],
])("a yes for 100 people: %s", (_case, groupSize, textHash, laterMs, expected) => {
  const now = new Date("2026-11-01T12:00:00Z");
  const approval = { textHash: "same", groupSize: 100, expiresAt: new Date(now.getTime() + 30 * 86_400_000) };
  expect(fallOf(approval, { groupSize, textHash, now: new Date(now.getTime() + laterMs) })).toBe(expected);
});
