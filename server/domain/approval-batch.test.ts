import { describe, expect, it } from "vitest";

import { isBatchable } from "./approval-batch.ts";

const draft = { effectKind: "message.send", purpose: "reply", requiredCount: 1, conversationId: "conv_a" };

describe("what may be approved together with others", () => {
  it("is an answer in a conversation that one person may let go", () => {
    expect(isBatchable(draft)).toBe(true);
    expect(isBatchable({ ...draft, purpose: "service" })).toBe(true);
  });

  it.each([
    { effectKind: "door.pulse" },
    { effectKind: "access.lock" },
    { effectKind: "invoice.create" },
    { effectKind: "campaign.send" },
    { effectKind: "referral.list" },
    { purpose: "marketing" },
    { purpose: "billing" },
    { purpose: "collections" },
    { requiredCount: 2 },
    { conversationId: null },
  ])("is never anything heavier: %o", (heavy) => {
    expect(isBatchable({ ...draft, ...heavy })).toBe(false);
  });
});
