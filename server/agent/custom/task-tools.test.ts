import { CUSTOM_TOOL_NAMES, CUSTOM_TOOLS } from "#server/domain/workflows/custom-tools.ts";
import { describe, expect, test } from "vitest";

import { faultOfText } from "./check-task-text.ts";
import { TASK_TOOLS, toolsOf } from "./task-tools.ts";

describe("the tools of a task", () => {
  test("are those of the table, each once and with the risk that stands there", () => {
    expect(TASK_TOOLS.map(({ name }) => name).toSorted()).toEqual([...CUSTOM_TOOL_NAMES].toSorted());
    for (const { name, risk } of TASK_TOOLS) {
      expect(CUSTOM_TOOLS[name as keyof typeof CUSTOM_TOOLS].risk).toBe(risk);
    }
  });

  test("are the allowed ones and no other", () => {
    expect(toolsOf(["list_members", "add_member_note"]).map(({ name }) => name)).toEqual(["list_members", "add_member_note"]);
    expect(toolsOf([])).toEqual([]);
  });
});

describe("a text of a task", () => {
  const sources = {
    task: "Text members a hello and tell them that guests come free on Friday.",
    results: [{ count: 3, sample: [{ person: "m_x", name: "Dana", lastVisit: "2026-10-30" }] }],
    club: { name: "Ironwood", phone: "+13035550100" },
    allowedLinkHosts: [],
  };

  test("may say what the owner's words or a result say", () => {
    expect(faultOfText("Hi Dana, Ironwood here. Guests come free on Friday.", sources)).toBeNull();
  });

  test.each([
    ["Hi Dana, you get $20 off.", "$20"],
    ["Hi m_00000000000000000000000000000000, come by.", "handle"],
    ["Hi {{first_name}}, come by.", "placeholder"],
    ["Hi [name], come by.", "placeholder"],
    ["Hi Dana, come by. Reply STOP to opt out.", "opting out"],
    ["Hi Dana, see https://example.com/offer", "https://example.com/offer"],
  ])("%s is held", (text, named) => {
    expect(faultOfText(text, sources)).toContain(named);
  });
});
