import { checkFacts } from "#server/domain/fact-lock.ts";
import { factLines, withoutHandles } from "#server/domain/person-handles.ts";
import { describe, expect, test } from "vitest";

import { askOf } from "./ask.ts";
import type { PromptParts } from "./request.ts";

const DANA = `m_0${"a".repeat(31)}`;
const OTHER = `m_1${"b".repeat(31)}`;

type Result = Readonly<Record<string, unknown>>;
type Round = { readonly name: string; readonly result: Result };

/** The request as the product makes it, with what its tools brought so far. */
const requestOf = (question: string, rounds: readonly Round[]): PromptParts => ({
  model: "stand-in",
  messages: [
    {
      role: "user",
      content: `<club>${JSON.stringify({ name: "Ironwood", localTime: "Friday 2026-11-20 17:00", currency: "USD" })}</club>\n<earlier>[]</earlier>\n<question>${JSON.stringify(question)}</question>\n<task>answer whoever runs the club</task>`,
    },
    ...rounds.flatMap(({ name, result }, at) => [
      { role: "assistant" as const, content: [{ type: "tool_use" as const, id: `t${at}`, name, input: {} }] },
      {
        role: "user" as const,
        content: [{ type: "tool_result" as const, tool_use_id: `t${at}`, content: `<tool_result>${JSON.stringify(result)}</tool_result>` }],
      },
    ]),
  ],
});

const moveOf = (question: string, ...rounds: readonly Round[]) => askOf(requestOf(question, rounds));

describe("the demo brain in the chat of whoever runs the club", () => {
  test("looks somebody up by name before it asks for a deed, and says that it waits", () => {
    const question = "pause collections for Dana until Friday";
    const found = { name: "find_member", result: { count: 1, sample: [{ person: DANA, name: "Dana" }] } };
    expect(moveOf(question)).toEqual({ kind: "call", name: "find_member", input: { name: "Dana" } });
    expect(moveOf(question, found)).toEqual({
      kind: "call",
      name: "pause_collections",
      input: { person: DANA, until: "2026-11-27", reason: "asked for in the chat" },
    });
    expect(moveOf(question, found, { name: "pause_collections", result: { person: DANA, status: "asked_you" } })).toMatchObject({
      kind: "answer",
      answer: expect.stringContaining("Nothing has happened yet"),
    });
  });

  test("asks which one is meant where several are called so", () => {
    const two = { name: "find_member", result: { count: 2, sample: [{ person: DANA }, { person: OTHER }] } };
    expect(moveOf("remind Dana", two)).toMatchObject({ kind: "answer", answer: expect.stringContaining("Which one is meant?") });
  });

  test("leaves every other request alone", () => {
    expect(askOf({ model: "stand-in", messages: [{ role: "user", content: "hello" }] })).toBeNull();
  });

  test.each<[string, Round]>([
    [
      "who owes?",
      { name: "get_past_due_members", result: { count: 12, totalOwed: "$1,250.00", sample: [{ person: DANA, owes: "$300.00" }] } },
    ],
    ["who owes?", { name: "get_past_due_members", result: { count: 0, totalOwed: "$0.00", sample: [] } }],
    ["how many prospects?", { name: "get_campaign_prospects", result: { count: 3000, sample: [{ person: OTHER }] } }],
    ["is there a sauna?", { name: "search_knowledge", result: { count: 0, articles: [] } }],
    ["is there a sauna?", { name: "search_knowledge", result: { count: 1, articles: [{ text: "The sauna is open 6 to 22." }] } }],
    ["who owes?", { name: "get_past_due_members", result: { error: "that did not work" } }],
  ])("says nothing that its results do not say: %s", (question, round) => {
    const move = moveOf(question, round);
    const answer = move?.kind === "answer" ? move.answer : "";
    expect(answer).not.toBe("");
    expect(
      checkFacts(
        withoutHandles(answer, () => "somebody"),
        { facts: factLines(round.result), contactWords: [question], allowedLinkHosts: [] },
      ),
    ).toEqual([]);
  });
});
