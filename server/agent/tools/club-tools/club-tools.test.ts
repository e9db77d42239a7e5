import { randomBytes } from "node:crypto";

import { checkClubTool } from "#server/agent/tools/club-tools/run-club-tool.ts";
import { RESULT_MAX_CHARACTERS, SAMPLE_ROWS, short, withSample, type ClubRun } from "#server/agent/tools/club-tools/define-club-tool.ts";
import { memberBehind } from "#server/agent/tools/club-tools/person.ts";
import { CLUB_TOOLS } from "#server/agent/tools/club-tools/registry.ts";
import { RISKS } from "#server/agent/tools/define-tool.ts";
import { handlesOf } from "#server/platform/handles.ts";
import { newId } from "#server/platform/ids.ts";
import { anyArguments, anyToolName } from "#server/testing/malicious-model.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const run: ClubRun = {
  id: "wfr_x",
  handles: handlesOf(randomBytes(32)),
  isDryRun: false,
  mayAlone: "read",
  capabilities: ["message.send", "notes.write", "access.state"],
  callCounts: {},
};

/** reference/requirements.md, "The agent's tools". */
const AGREED = [
  "get_campaign_prospects",
  "get_green_members",
  "get_ppv_members",
  "get_campaign_templates",
  "send_bulk_campaign",
  "get_past_due_members",
  "get_past_due_training_clients",
  "get_member_profile",
  "get_collection_attempts",
  "check_member_access_status",
  "send_payment_reminder",
  "lock_door_for_member",
  "unlock_door_for_member",
  "add_member_note",
  "send_message_to_member",
  "generate_collections_referral_list",
  "auto_manage_access_by_payment_status",
];

describe("the registry", () => {
  test("has the agreed names, each once, with a risk, words for the model, and inputs of known keys only", () => {
    expect(CLUB_TOOLS.map(({ name }) => name).toSorted()).toEqual([...AGREED, "search_knowledge"].toSorted());
    for (const { description, effectKind, input, risk } of CLUB_TOOLS) {
      expect(RISKS).toContain(risk);
      expect(effectKind === "read").toBe(risk === "read");
      expect(description.length).toBeGreaterThan(60);
      expect(z.toJSONSchema(input, { io: "input" })).toMatchObject({ type: "object", additionalProperties: false });
    }
  });

  test("what a person must decide is tagged so: doors are physical, a referral is money, a bulk send sends", () => {
    const riskOf = (name: string) => CLUB_TOOLS.find((tool) => tool.name === name)?.risk;
    for (const name of ["lock_door_for_member", "unlock_door_for_member", "auto_manage_access_by_payment_status"]) {
      expect(riskOf(name)).toBe("physical");
    }
    expect(riskOf("generate_collections_referral_list")).toBe("money");
    expect(riskOf("send_bulk_campaign")).toBe("sends");
  });

  test("optional filters may be left out, and no tool takes an id, a phone, an amount to charge or a switch to act alone", () => {
    const allowed = (name: string, args: unknown) => checkClubTool({ name, arguments: args }, run).kind;
    for (const name of [
      "get_ppv_members",
      "get_green_members",
      "get_past_due_members",
      "get_collection_attempts",
      "get_campaign_templates",
    ]) {
      expect(allowed(name, {}), name).toBe("allowed");
    }
    for (const { name } of CLUB_TOOLS) {
      for (const key of ["memberId", "member_id", "contactId", "clubId", "phone", "isAlone", "approved", "callKey", "state"]) {
        expect(allowed(name, { [key]: newId("member") }), `${name} ${key}`).toBe("refused");
      }
    }
    expect(allowed("generate_collections_referral_list", { min_attempts: 1 })).toBe("refused");
    expect(allowed("generate_collections_referral_list", { min_amount: 10 })).toBe("refused");
    expect(allowed("send_bulk_campaign", { segment: "past_due", template_key: "x" })).toBe("refused");
  });
});

test("10,000 calls of a model that asks for anything: what is let through has exactly the shape of a tool, within its quota", () => {
  const handle = run.handles.of("member", newId("member"));
  const words = fc.constantFrom(
    "friendly",
    "final",
    "urgent",
    "billing",
    "prospects",
    "prospect_welcome",
    "sms",
    "a note",
    "x".repeat(2_000),
  );
  const keys = fc.constantFrom(
    "person",
    "tier",
    "note",
    "priority",
    "category",
    "message_text",
    "channel",
    "segment",
    "template_key",
    "question",
    "min_amount",
  );
  const args = fc.oneof(
    anyArguments([newId("member")]),
    fc.dictionary(keys, fc.oneof(words, fc.constant(handle), fc.integer(), fc.double(), fc.string())),
    fc.record({ person: fc.oneof(fc.constant(handle), fc.string()) }),
    fc.record({ person: fc.constant(handle), tier: words }),
    fc.constant({}),
  );
  const known = CLUB_TOOLS.map(({ name }) => name);
  const names = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: anyToolName(known) });
  let letThrough = 0;
  fc.assert(
    fc.property(names, args, fc.nat({ max: 25 }), (name, input, used) => {
      const checked = checkClubTool({ name, arguments: input }, { ...run, callCounts: Object.fromEntries([[name, used]]) });
      if (checked.kind === "refused") {
        expect(checked.error.length).toBeLessThan(100);
        return;
      }
      letThrough += 1;
      expect(checked.tool.name).toBe(name);
      expect(used).toBeLessThan(checked.tool.maxPerRun);
      expect(checked.tool.input.safeParse(checked.input).success).toBe(true);
      expect(checked.tool.summarize(checked.input).length).toBeLessThan(1_500);
    }),
    { numRuns: 10_000 },
  );
  expect(letThrough).toBeGreaterThan(200);
});

test("10,000 handles nobody handed out name nobody, with an error that says what to do", () => {
  const other = handlesOf(randomBytes(32));
  const forged = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.uuid().map(() => other.of("member", newId("member"))),
    fc.uuid().map(() => newId("member")),
    fc.uuid().map(() => run.handles.of("prospect", newId("prospect"))),
  );
  fc.assert(
    fc.property(forged, (handle) => {
      expect(() => memberBehind(run, handle)).toThrow(expect.objectContaining({ code: "invalid" }));
    }),
    { numRuns: 10_000 },
  );
});

test("a sample is never longer than an answer may be, whatever stands in its rows", () => {
  const row = fc.record({
    person: fc.constant("m_".padEnd(34, "0")),
    name: fc.string({ unit: "binary", maxLength: 400 }).map((text) => short(text)),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), fc.nat(), (rows, count) => {
      const result = withSample({ count }, rows);
      expect(JSON.stringify(result).length).toBeLessThanOrEqual(RESULT_MAX_CHARACTERS);
      expect(result["shown"]).toBeLessThanOrEqual(Math.min(SAMPLE_ROWS, rows.length));
      expect(result["count"]).toBe(count);
    }),
  );
});
