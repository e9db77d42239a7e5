import { planTask } from "#server/agent/custom/plan-task.ts";
import { runTaskCall } from "#server/agent/custom/run-task-call.ts";
import { failingThink, TURN } from "#server/agent/testing.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { BLANK_TASK, type CustomTask } from "#server/domain/workflows/custom-task.ts";
import { CUSTOM_TOOL_NAMES } from "#server/domain/workflows/custom-tools.ts";
import { handlesOf } from "#server/platform/handles.ts";
import { runKey } from "#server/platform/keys.ts";
import type { Think, ToolRequest } from "#server/platform/model-client.ts";
import { approve } from "#server/services/approvals/decide-approval.ts";
import { setEmergencyStop } from "#server/services/clubs/set-emergency-stop.ts";
import { clubToolKeys } from "#server/services/effects/club-tool-keys.ts";
import { requestCampaign } from "#server/services/messages/request-campaign.ts";
import { actOnBatch } from "#server/services/workflows/act-on-batch.ts";
import { advanceRun } from "#server/services/workflows/advance-run.ts";
import { approveRun } from "#server/services/workflows/approve-run.ts";
import { archiveWorkflow } from "#server/services/workflows/archive-workflow.ts";
import { goLive, saveWorkflow } from "#server/services/workflows/change-workflow.ts";
import { answerTaskCall } from "#server/services/workflows/custom/answer-task-call.ts";
import { createCustom } from "#server/services/workflows/custom/create-custom.ts";
import { getRun, listOutcomes } from "#server/services/workflows/list-runs.ts";
import { pauseWorkflow, resumeWorkflow } from "#server/services/workflows/pause-workflow.ts";
import { previewWorkflow, runWorkflowNow } from "#server/services/workflows/start-run.ts";
import { stopRun } from "#server/services/workflows/stop-run.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyArguments, anyToolName, fuzzCount } from "#server/testing/malicious-model.ts";
import { makeLine, type Line } from "#server/testing/scripted-line.ts";
import { REJECT, useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { allowTexts } from "#server/testing/allow-texts.ts";
import { greenMember, makeLive, MORNING, openChannel } from "#server/testing/workflow-runs.ts";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";

useDatabase();
const vendor = useScriptedOpenPhone();

const TIME_LIMIT_MS = 600_000;
const SCHEDULE = { kind: "weekly", weekday: 0, minuteOfDay: 540, everyWeeks: 1, anchoredOn: "2026-11-23" } as const;
const TASK: CustomTask = {
  ...BLANK_TASK,
  task: "Text each member who joined lately a friendly hello.",
  tools: ["list_members", "get_green_members", "send_message_to_member"],
};

let line: Line;
let workflowId: Id<"workflow">;
let people: readonly { readonly phone: string; readonly memberId: string }[];
let calls: number;

const owner = () => database().owner;
const machine = () => ({ ...line.system, fixedNow: MORNING });
const boss = () => ({ ...line.club.as.owner, fixedNow: MORNING });
const manager = () => ({ ...line.club.as.manager, fixedNow: MORNING });
const sends = (): readonly number[] => people.map(({ phone }) => vendor.sendCount(phone));
const none = () => people.map(() => 0);
const once = () => people.map(() => 1);

beforeEach(async () => {
  line = await makeLine();
  await openChannel(line);
  await allowTexts(line.club, ["CO"]);
  const made = await Promise.all(Array.from({ length: 3 }, () => greenMember(line)));
  const members = await owner().member.findMany({ where: { clubId: line.club.id }, select: { id: true, contactId: true } });
  people = made.map(({ contactId, phone }) => ({ phone, memberId: members.find((one) => one.contactId === contactId)?.id ?? "" }));
  ({ workflowId } = await createCustom(boss(), { name: "Monday hello", schedule: SCHEDULE, task: TASK }));
  calls = 0;
});

type Asked = Omit<ToolRequest, "id">;
type Move = string | readonly Asked[];
type Script = (handles: readonly string[]) => readonly Move[];

/** A model that makes its moves one after the other, the last one again and again. It is told the handles of everybody. */
const scripted = (runId: string, script: Script): { readonly think: Think; readonly model: string } => {
  const { of } = handlesOf(runKey({ clubId: line.club.id, runId }));
  const moves = script(people.map(({ memberId }) => of("member", memberId)));
  return {
    model: "scripted",
    think: async (request) => {
      const move = moves[Math.min(calls, moves.length - 1)] ?? "";
      calls += 1;
      return typeof move === "string"
        ? { kind: "thought", value: request.schema.parse({ words: move }), turn: TURN }
        : { kind: "tool_requests", requests: move.map((each, index) => ({ ...each, id: `toolu_${calls}_${index}` })), turn: TURN };
    },
  };
};

const LIST: Asked = { name: "list_members", input: { joined_within_days: 30 } };
const text = (person: string, words = "Hi Robin, it is good to have you here."): Asked => ({
  name: "send_message_to_member",
  input: { person, message_text: words },
});
const hello: Script = (handles) => [[LIST], handles.map((handle) => text(handle)), "Planned for all of them."];

/** What the engine does with a run until it rests. */
const drive = async (runId: string, script: Script = hello): Promise<void> => {
  const mind = scripted(runId, script);
  for (;;) {
    const next = await advanceRun(machine(), { runId });
    if (next.kind === "think") {
      for (const callId of (await planTask(machine(), { runId }, mind)).callIds) {
        await runTaskCall(machine(), { callId });
      }
    } else if (next.kind === "act") {
      for (let batch = 0; batch < next.batchCount; batch += 1) {
        await actOnBatch(machine(), { runId });
      }
      return;
    } else if (next.kind === "rest") {
      return;
    }
  }
};

const previewed = async (script: Script = hello) => {
  calls = 0;
  const { runId } = await previewWorkflow(manager(), { workflowId });
  await drive(runId, script);
  return runId;
};

const begun = async (script: Script = hello) => {
  calls = 0;
  const { runId } = await runWorkflowNow(manager(), { workflowId });
  await drive(runId, script);
  return runId;
};

const outcomes = async (runId: Id<"workflowRun">) => (await listOutcomes(manager(), { runId })).items;
const set = (task: Partial<CustomTask>) => {
  const settings = { ...TASK, ...task };
  return owner().workflowVersion.updateMany({ where: { workflowId }, data: { document: { schedule: SCHEDULE, settings } } });
};

describe("a task in plain words", () => {
  test("is an owner's to write, with an audit row, and another club sees nothing of it", async () => {
    await expect(createCustom(manager(), { name: "No", schedule: SCHEDULE, task: TASK })).rejects.toMatchObject({ code: "forbidden" });
    await expect(createCustom(boss(), { name: "No", schedule: SCHEDULE, task: { ...TASK, tools: [] } })).rejects.toThrow();
    expect(await owner().workflow.findFirstOrThrow({ where: { id: workflowId } })).toMatchObject({
      kind: "custom",
      name: "Monday hello",
      isOn: false,
      isDryRun: true,
    });
    expect(await owner().auditLog.count({ where: { clubId: line.club.id, action: "workflow.created", entityId: workflowId } })).toBe(1);
    const stranger = (await makeLine()).club.as.owner;
    const strange = expect.objectContaining({ code: "not_found" });
    await expect(previewWorkflow(stranger, { workflowId })).rejects.toEqual(strange);
    await expect(archiveWorkflow(stranger, { workflowId })).rejects.toEqual(strange);
  });

  test("shows in a dry run what it would do for whom, and does nothing", async () => {
    const runId = await previewed();
    expect((await outcomes(runId)).map(({ outcome, text: words }) => [outcome, words])).toEqual(
      people.map(() => ["planned", "Hi Robin, it is good to have you here.\nReply STOP to opt out."]),
    );
    const { task } = await getRun(manager(), { runId });
    expect(task).toMatchObject({ words: "Planned for all of them.", messageCount: 3, end: null });
    expect(task?.calls.map(({ count, sentence, status }) => [sentence.slice(0, 28), count, status])).toEqual([
      ["Find the members who joined ", 3, null],
      ...people.map(() => ["Text Robin Hale: “Hi Robin, ", null, "planned"]),
    ]);
    expect(await owner().effect.count({ where: { clubId: line.club.id } })).toBe(0);
    expect(sends()).toEqual(none());
    expect((await owner().workflow.findFirstOrThrow({ where: { id: workflowId } })).previewedAt).not.toBeNull();
  });

  test("goes live after its preview; the first run waits for an owner, then sends each person one text, and the next waits for its plan's yes", async () => {
    await expect(goLive(boss(), { workflowId })).rejects.toMatchObject({ code: "precondition_failed" });
    await previewed();
    await goLive(boss(), { workflowId });
    const runId = await begun();
    expect(sends()).toEqual(none());
    expect((await getRun(manager(), { runId })).questions).toEqual([{ kind: "first_live_run" }, { kind: "plan" }]);
    await expect(approveRun(manager(), { runId })).rejects.toMatchObject({ code: "forbidden" });
    await approveRun(boss(), { runId });
    await drive(runId);
    expect(sends()).toEqual(once());
    expect((await outcomes(runId)).map(({ outcome }) => outcome)).toEqual(people.map(() => "sent"));
    expect(await owner().workflowRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ status: "completed", inputTokens: 300 });
    expect(calls).toBe(3);
  });

  test("within its limits acts by itself after the first yes", async () => {
    await makeLive(workflowId);
    await set({ approval: "within_limits" });
    await begun();
    expect(sends()).toEqual(once());
  });

  test("whoever may not be written to is left out with the reason, and the model is told so", async () => {
    const [first] = people;
    await owner().consent.deleteMany({ where: { contact: { members: { some: { id: first?.memberId ?? "" } } } } });
    const runId = await previewed();
    expect((await outcomes(runId)).map(({ outcome }) => outcome).toSorted()).toEqual(["planned", "planned", "suppressed"]);
    const { task } = await getRun(manager(), { runId });
    expect(task?.calls.map(({ status }) => status)).toContain("will_not_be_sent");
  });

  test("that was changed goes back to dry run until its new plan was seen", async () => {
    await makeLive(workflowId);
    await expect(saveWorkflow(manager(), { workflowId, version: 1, schedule: SCHEDULE, settings: TASK })).rejects.toMatchObject({
      code: "forbidden",
    });
    await saveWorkflow(boss(), { workflowId, version: 1, schedule: { ...SCHEDULE, weekday: 1 }, settings: TASK });
    expect(await owner().workflow.findFirstOrThrow({ where: { id: workflowId } })).toMatchObject({ isDryRun: false });
    await saveWorkflow(boss(), {
      workflowId,
      version: 2,
      schedule: SCHEDULE,
      settings: { ...TASK, task: "Text everybody something else." },
    });
    expect(await owner().workflow.findFirstOrThrow({ where: { id: workflowId } })).toMatchObject({
      isDryRun: true,
      previewedAt: null,
      firstLiveApprovedAt: null,
    });
  });

  test("is removed by an owner, not while it runs, and never a built-in one", async () => {
    await expect(archiveWorkflow(manager(), { workflowId })).rejects.toMatchObject({ code: "forbidden" });
    const { runId } = await previewWorkflow(manager(), { workflowId });
    await expect(archiveWorkflow(boss(), { workflowId })).rejects.toMatchObject({ code: "precondition_failed" });
    await drive(runId);
    await archiveWorkflow(boss(), { workflowId });
    await expect(previewWorkflow(manager(), { workflowId })).rejects.toMatchObject({ code: "not_found" });
    expect(await owner().auditLog.count({ where: { action: "workflow.archived", entityId: workflowId } })).toBe(1);
    expect((await getRun(manager(), { runId })).task?.calls).toHaveLength(4);
  });
});

describe("a budget", () => {
  test("of messages holds: no more are planned, and the report says what was refused", async () => {
    await makeLive(workflowId);
    await set({ approval: "within_limits", budget: { ...TASK.budget, messages: 2 } });
    const runId = await begun();
    expect(sends().reduce((sum, count) => sum + count, 0)).toBe(2);
    const { report, task } = await getRun(manager(), { runId });
    expect(task?.calls.at(-1)).toMatchObject({ outcome: "refused", error: expect.stringContaining("the limit of 2 messages") });
    expect(report?.lines.join(" ")).toContain("Refused: Text Robin Hale");
  });

  test.each([
    ["tokens", { tokens: 5_000 }, { inputTokens: 6_000 }, "token_budget"],
    ["cost", { costMicros: 50_000 }, { costMicros: 60_000n }, "cost_budget"],
  ])("of %s ends the thinking; what was planned till then stands", async (_name, budget, spent, end) => {
    await set({ budget: { ...TASK.budget, ...budget } });
    const { runId } = await previewWorkflow(manager(), { workflowId });
    const mind = scripted(runId, (handles) => [handles.map((handle) => text(handle)), "never said"]);
    await advanceRun(machine(), { runId });
    for (const callId of (await planTask(machine(), { runId }, mind)).callIds) {
      await runTaskCall(machine(), { callId });
    }
    await owner().workflowRun.update({ where: { id: runId }, data: spent });
    await drive(runId, () => ["never said"]);
    const run = await getRun(manager(), { runId });
    expect(run).toMatchObject({ status: "completed", task: { end, words: null } });
    expect(run.report?.lines.join(" ")).toContain("what was planned till then stands");
    expect(await outcomes(runId)).toHaveLength(3);
    expect(calls).toBe(1);
  });

  test("of rounds ends a model that never comes to an end", async () => {
    let page = 0;
    const endless: Script = () => Array.from({ length: 40 }, () => [{ name: "list_members", input: { page: (page += 1) } }]);
    const runId = await previewed(endless);
    expect(await getRun(manager(), { runId })).toMatchObject({ status: "completed", task: { end: "round_limit" } });
    expect(calls).toBeLessThanOrEqual(15);
  });
});

describe("what does not work", () => {
  test("a tool that is refused may be asked for once more, and the report tells it plainly", async () => {
    const unknown = { name: "get_green_members", input: { joined_within_days: 9_999 } };
    const runId = await previewed(() => [[unknown], [unknown], [LIST], "I could read the list the other way."]);
    const { report, task } = await getRun(manager(), { runId });
    expect(task?.calls.map(({ outcome }) => outcome)).toEqual(["refused", "refused", "done"]);
    expect(task?.words).toBe("I could read the list the other way.");
    expect(report?.lines).toHaveLength(2);
    expect(report?.lines[0]).toContain("these arguments do not fit the tool");
  });

  test("a model that asks for the same again and again is ended", async () => {
    expect(await getRun(manager(), { runId: await previewed(() => [[LIST], [LIST]]) })).toMatchObject({
      task: { end: "going_in_circles" },
    });
  });

  test("a model that cannot be reached fails the run with a card, and nothing was done", async () => {
    const { runId } = await previewWorkflow(manager(), { workflowId });
    const failing = failingThink({ kind: "malformed", detail: "no answer" });
    await advanceRun(machine(), { runId });
    await planTask(machine(), { runId }, { think: failing, model: "scripted" });
    expect(await getRun(manager(), { runId })).toMatchObject({ status: "failed", task: { end: "model_failed" } });
    expect(await owner().alert.count({ where: { clubId: line.club.id, kind: "workflow_failures" } })).toBe(1);
    expect((await owner().workflow.findFirstOrThrow({ where: { id: workflowId } })).previewedAt).toBeNull();
  });

  test("words that state what no lookup brought are held", async () => {
    const runId = await previewed(() => [[LIST], "They owe $777.00 together."]);
    expect((await getRun(manager(), { runId })).task).toMatchObject({ words: null, end: "fact_lock", heldSpans: ["$777.00"] });
  });

  test("what the vendor refuses fails for that person and is told", async () => {
    await makeLive(workflowId);
    await set({ approval: "within_limits" });
    vendor.next(REJECT);
    const runId = await begun();
    expect((await outcomes(runId)).map(({ outcome }) => outcome).toSorted()).toEqual(["failed", "sent", "sent"]);
    expect(await owner().alert.count({ where: { clubId: line.club.id, kind: "workflow_failures" } })).toBe(1);
  });
});

describe("stop, pause and crash", () => {
  test("a stopped run plans nothing further, a paused one goes on where it stood, and the emergency stop holds the thinking", async () => {
    const first = await previewWorkflow(manager(), { workflowId });
    const mind = scripted(first.runId, hello);
    await advanceRun(machine(), { runId: first.runId });
    const { callIds } = await planTask(machine(), { runId: first.runId }, mind);
    await pauseWorkflow(manager(), { workflowId });
    for (const callId of callIds) {
      await runTaskCall(machine(), { callId });
    }
    expect(await advanceRun(machine(), { runId: first.runId })).toEqual({ kind: "rest" });
    await resumeWorkflow(manager(), { workflowId });
    await setEmergencyStop(manager(), { reason: "a test" });
    expect(await advanceRun(machine(), { runId: first.runId })).toEqual({ kind: "rest" });
    expect(calls).toBe(1);
    await stopRun(manager(), { runId: first.runId });
    expect(await planTask(machine(), { runId: first.runId }, mind)).toEqual({ callIds: [] });
    expect(calls).toBe(1);
  });

  test("whoever stops a run takes back what it has put before the team, also what a tool is asking at that moment", async () => {
    await makeLive(workflowId);
    await set({ approval: "within_limits", tools: [...CUSTOM_TOOL_NAMES] });
    const group = (max: number): Asked => ({
      name: "send_bulk_campaign",
      input: { segment: "green", template_key: "green_member_welcome", max_people: max },
    });
    const { runId } = await runWorkflowNow(manager(), { workflowId });
    const mind = scripted(runId, () => [[group(2), group(3)], "Both texts wait for the team."]);
    await advanceRun(machine(), { runId });
    const [first = "", second = ""] = (await planTask(machine(), { runId }, mind)).callIds;
    await runTaskCall(machine(), { callId: first });
    const approvals = () => owner().approval.findMany({ where: { clubId: line.club.id }, orderBy: { id: "asc" } });
    const [asked] = await approvals();
    expect(asked).toMatchObject({ status: "pending" });
    const told = async () => {
      const rows = await owner().notification.findMany({ where: { clubId: line.club.id, subjectId: asked?.id ?? "" } });
      return new Set(rows.map(({ settledAt }) => (settledAt === null ? "waits" : "over")));
    };
    expect(await told()).toEqual(new Set(["waits"]));
    await stopRun(manager(), { runId });
    expect(await told()).toEqual(new Set(["over"]));
    // Its tool had begun before the stop.
    const acting = { ...machine(), actor: { kind: "workflow" as const, runId } };
    await requestCampaign(acting, {
      callKey: `${clubToolKeys(runId)}${second}`,
      segment: "green",
      templateKey: "green_member_welcome",
      maxPeople: 3,
    });
    expect((await approvals()).map(({ status }) => status)).toEqual(["superseded", "pending"]);
    await answerTaskCall(machine(), { callId: second, outcome: "done", result: { status: "asked_the_team" } });
    expect((await approvals()).map(({ status }) => status)).toEqual(["superseded", "superseded"]);
    expect(await owner().effect.findMany({ where: { clubId: line.club.id }, select: { status: true, failureKind: true } })).toEqual([
      { status: "dropped", failureKind: "run_stopped" },
      { status: "dropped", failureKind: "run_stopped" },
    ]);
    await expect(approve(boss(), { approvalId: asId("approval", asked?.id ?? "") })).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await owner().outboxEvent.count({ where: { clubId: line.club.id, name: "approval/closed" } })).toBe(2);
    expect(await owner().aiAction.count({ where: { clubId: line.club.id, kind: "act.dropped" } })).toBe(2);
    expect(sends()).toEqual(none());
  });

  test("between any two steps repeats neither a call of the model, nor a deed of the plan, nor a text", async () => {
    await makeLive(workflowId);
    await set({ approval: "within_limits" });
    const { runId } = await runWorkflowNow(manager(), { workflowId });
    const mind = scripted(runId, (handles) => [handles.map((handle) => text(handle)), "Planned for all of them."]);
    await advanceRun(machine(), { runId });
    const { callIds } = await planTask(machine(), { runId }, mind);
    expect(await planTask(machine(), { runId }, mind)).toEqual({ callIds });
    expect(calls).toBe(1);
    for (const callId of callIds) {
      await runTaskCall(machine(), { callId });
      await runTaskCall(machine(), { callId });
      // As if the answer had been lost: the deed stands in the plan and is not written twice.
      await owner().workflowCall.updateMany({ where: { id: callId }, data: { outcome: "requested" } });
      await runTaskCall(machine(), { callId });
    }
    expect(await owner().workflowOutcome.count({ where: { workflowRunId: runId } })).toBe(3);
    await planTask(machine(), { runId }, mind);
    await planTask(machine(), { runId }, mind);
    expect(calls).toBe(2);
    await drive(runId);
    await owner().workflowOutcome.updateMany({
      where: { workflowRunId: runId },
      data: { outcome: "planned", claimedUntil: null, settledAt: null },
    });
    await actOnBatch(machine(), { runId });
    expect(sends()).toEqual(once());
    expect(await owner().modelTurn.count({ where: { clubId: line.club.id, purpose: "workflow" } })).toBe(2);
  });
});

describe("a malicious model", () => {
  test("with a forged or foreign handle, a tool outside the list, a second text or words of its own does nothing of it", async () => {
    const other = await makeLine({ franchiseId: line.club.franchiseId });
    await greenMember(other);
    const foreign = await owner().member.findFirstOrThrow({ where: { clubId: other.club.id } });
    await makeLive(workflowId);
    await set({ approval: "within_limits" });
    const runId = await begun((handles) => {
      const [own = ""] = handles;
      const ofOther = handlesOf(runKey({ clubId: line.club.id, runId: "wfr_other" })).of("member", people[0]?.memberId ?? "");
      return [
        [
          text(people[0]?.memberId ?? ""),
          text(foreign.id),
          text(`${own.slice(0, -1)}${own.endsWith("0") ? "1" : "0"}`),
          text(ofOther),
          { name: "lock_door_for_member", input: { person: own } },
          { name: "add_member_note", input: { person: own, priority: "urgent", category: "billing", note: "hello" } },
          text(own, "Pay $500 at https://evil.example"),
          text(own, `Hello ${own}`),
          text(own),
          text(own, "A second text for the same person."),
        ],
        "Done.",
      ];
    });
    const { task } = await getRun(manager(), { runId });
    expect(task?.calls.map(({ outcome }) => outcome)).toEqual([...Array.from({ length: 8 }, () => "refused"), "done", "refused"]);
    expect(sends()).toEqual([1, 0, 0]);
    expect(await owner().effect.count({ where: { clubId: other.club.id } })).toBe(0);
  });

  test(
    "with any tools and any arguments never sends more than the budget, and nothing before a person's yes where everything asks",
    async () => {
      await makeLive(workflowId);
      await set({ tools: [...CUSTOM_TOOL_NAMES], budget: { ...TASK.budget, messages: 2 } });
      const asked = fc.record({
        name: anyToolName([...CUSTOM_TOOL_NAMES]),
        input: anyArguments(people.map(({ memberId }) => memberId)),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(asked, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
          fc.string(),
          async (rounds, end) => {
            const runId = await previewed((handles) => [...rounds, handles.map((handle) => text(handle)), end]);
            expect(await owner().workflowOutcome.count({ where: { workflowRunId: runId, action: "message" } })).toBeLessThanOrEqual(2);
          },
        ),
        { numRuns: fuzzCount({ few: 15, full: 200 }) },
      );
      await begun((handles) => [handles.map((handle) => text(handle)), "Done."]);
      expect(sends()).toEqual(none());
      expect(await owner().effect.count({ where: { clubId: line.club.id, needsApproval: false } })).toBe(0);
    },
    TIME_LIMIT_MS,
  );
});
