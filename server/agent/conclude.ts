import type { Considered } from "#server/agent/consider.ts";
import { finishReply } from "#server/agent/finish-reply.ts";
import { handoverLine } from "#server/agent/handover-line.ts";
import type { Category, Thought } from "#server/domain/intent.ts";
import type { TriageResult } from "#server/domain/triage.ts";
import type { Conclusion } from "#server/services/agent-runs/finish-run.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";

const CATEGORY_OF_TRIAGE: Partial<Record<TriageResult["kind"], Category>> = { opt_out: "opt_out", opt_in: "confirmation" };

type Parts = {
  readonly input: Pick<Conclusion, "runId" | "fencingToken" | "conversationId" | "messageId">;
  readonly situation: Situation;
  readonly considered: Extract<Considered, { kind: "concluded" }>;
};

/** A decision as it is stored: its grounds, and the words that go out, wait or hand over. */
export const conclude = ({ input, situation, considered }: Parts): Conclusion => {
  const { automation, decision, local, reading, source, turn } = considered;
  const thought = reading.kind === "thought" ? reading.thought : null;
  const evidence = reading.kind === "triage" && "evidence" in reading.result ? reading.result.evidence : (thought?.evidence ?? "");
  const handover =
    decision.outcome === "escalate" ? handoverLine({ situation, reasons: decision.reasons, language: thought?.language ?? "en" }) : null;
  return {
    ...input,
    inboundSequence: situation.inboundSequence,
    outcome: decision.outcome,
    reasons: decision.reasons,
    category: thought?.category ?? (reading.kind === "triage" ? (CATEGORY_OF_TRIAGE[reading.result.kind] ?? "other") : "other"),
    subIntent:
      thought?.subIntent ?? (reading.kind === "triage" ? reading.result.kind : reading.kind === "failed" ? reading.failure : "unclear"),
    confidence: decision.confidence,
    threshold: decision.threshold,
    riskFlags: thought?.riskFlags ?? [],
    evidence,
    language: thought?.language ?? "und",
    source,
    text: handover === null ? replyOf(situation, thought) : handover.text,
    duty: handover?.duty ?? null,
    emergency: decision.reasons.includes("emergency"),
    isCheck: reading.kind === "thought" && reading.isCheck === true,
    knowledgeIds: thought?.knowledgeIds ?? [],
    policyVersion: situation.policyVersion,
    inputs: {
      handledBy: situation.handledBy,
      isAgentOff: situation.contact.isAgentOff,
      isNewest: situation.isNewest,
      // With the reading these replay the decision under another policy, without the model.
      kind: reading.kind,
      source,
      answerable: thought?.answerable ?? false,
      hasReply: thought?.reply != null,
      local: local === null ? null : { category: local.category, subIntent: local.subIntent, confidence: local.confidence },
      binding: situation.contact.binding,
      isPastDue: situation.contact.isPastDue,
      automaticRepliesInConversation: situation.automaticRepliesInConversation,
      automaticRepliesInClubHour: situation.automaticRepliesInClubHour,
      isStopped: situation.isStopped,
      isSuppressed: situation.isSuppressed,
      automation:
        automation === null
          ? null
          : {
              name: automation.name,
              stage: automation.setting.stage,
              step: automation.step,
              useCount: automation.useCount,
              draft: automation.setting.stage === "shadow" ? automation.text : null,
            },
      findings: reading.kind === "thought" ? reading.findings.map(({ code, span }) => ({ code, span })) : [],
    },
    turn,
    // A shadow is not used; what it would have said stays with the decision.
    automation:
      automation === null || automation.setting.stage === "shadow"
        ? null
        : { name: automation.name, step: automation.step, action: automation.action },
  };
};

const replyOf = (situation: Situation, thought: Thought | null): string | null =>
  thought?.reply == null
    ? null
    : finishReply({
        reply: thought.reply,
        agent: situation.policy.agent,
        clubName: situation.club.name,
        language: thought.language,
        isFirstAutomaticMessage: situation.isFirstAutomaticMessage,
      });
