import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { PROMPT_PART_MAX_CHARACTERS, promptParts, type SentPrompt } from "./prompt-view.ts";

const names = ["Robin Hale"];

const SENT: SentPrompt = {
  system: [
    { text: "Answer for the club.", isShared: true },
    { text: '<club_knowledge>[{"body":"A day pass is $15.00"}]</club_knowledge>', isShared: true },
    { text: '<club>{"name":"Ironwood","phone":"+13035550199"}</club>', isShared: false },
  ],
  tools: [{ name: "find_member", description: "Looks somebody up." }],
  messages: [
    {
      role: "user",
      content: [
        '<contact>{"firstName":"Robin","facts":{"status":"active","balanceMinor":4500}}</contact>',
        '<conversation>[{"from":"contact","at":"2026-11-20T17:00:00.000Z","text":"Robin here, call 303-555-0142 about the $45.00"}]</conversation>',
        "<task>Decide.</task>",
      ].join("\n"),
    },
    { role: "assistant", content: [{ type: "tool_use", id: "a", name: "find_member", input: { phone: "+13035550142" } }] },
    { role: "user", content: [{ type: "tool_result", content: '<tool_result>{"name":"Robin Hale","balanceMinor":4500}</tool_result>' }] },
  ],
  format: { type: "object" },
};

describe("a prompt as it was sent", () => {
  const parts = promptParts(SENT, { names });

  test("has neither name, number nor amount of anybody, wherever it stood", () => {
    const shown = JSON.stringify(parts.filter(({ isShared }) => !isShared));
    for (const secret of ["Robin", "Hale", "45.00", "4500", "555-0142", "5550142"]) {
      expect(shown, secret).not.toContain(secret);
    }
    expect(shown).toContain("2026-11-20T17:00:00.000Z");
  });

  test("shows rules, knowledge, tools and the form of the answer word for word, in their order", () => {
    expect(parts.map(({ block, title }) => `${block}: ${title}`)).toEqual([
      "system: Part 1",
      "system: club knowledge",
      "system: club",
      "tools: find_member",
      "history: user, contact",
      "history: user, conversation",
      "history: user, task",
      "history: assistant, tool_use find_member",
      "history: user, tool_result",
      "format: Form of the answer",
    ]);
    expect(parts[1]?.text).toContain("A day pass is $15.00");
  });

  test("is cut where it is longer than a page can show, and says so", () => {
    fc.assert(
      fc.property(fc.integer({ min: PROMPT_PART_MAX_CHARACTERS - 2, max: PROMPT_PART_MAX_CHARACTERS + 2 }), (length) => {
        const [long] = promptParts(
          { system: [], tools: [], messages: [{ role: "user", content: "x".repeat(length) }], format: null },
          { names: [] },
        );
        expect(long?.isCut).toBe(length > PROMPT_PART_MAX_CHARACTERS);
        expect(long?.text.length).toBeLessThanOrEqual(PROMPT_PART_MAX_CHARACTERS);
      }),
    );
  });
});
