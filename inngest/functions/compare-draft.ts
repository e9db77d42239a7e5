import { asId } from "#server/domain/ids.ts";
import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { compareDraft as compare } from "#server/services/draft-comparisons/compare-draft.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { draftAnswered } from "../events.ts";

/** Chosen by us: people answer in two texts more often than in one. */
const REST_OF_ANSWER = "60s";

/** Staff answered where the agent had a draft: once they are done writing, the two are compared. */
export const compareDraft = inngest.createFunction(
  { id: "compare-draft", triggers: [draftAnswered], retries: 3, concurrency: { key: "event.data.clubId", limit: 2 } },
  async ({ event, step }) => {
    await step.sleep("rest-of-answer", REST_OF_ANSWER);
    const ctx = systemContext(event.data, { job: "compare-draft" });
    const compared = await step.run("compare", () => compare(ctx, { decisionId: asId("decision", event.data.decisionId) }));
    await step.run("finish", () => finishEvent(event.data));
    return compared;
  },
);
