import "server-only";

import type { Message } from "@anthropic-ai/sdk/resources/messages/messages";

import type { Turn } from "#server/platform/model-client.ts";
import { usageOf } from "#server/platform/model-messages.ts";
import { costMicrosOf } from "#server/platform/model-prices.ts";

export const EMPTY_TURN: Turn = {
  model: "",
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  costMicros: 0,
  latencyMs: 0,
  externalRequestId: null,
  stopReason: null,
  tryCount: 0,
};

type Tried = { readonly answer: Message | null; readonly externalRequestId: string | null; readonly wasCalled: boolean };
type Before = { readonly sofar: Turn; readonly model: string; readonly latencyMs: number };

/** The turn with one more try in it: each answer that came was billed at the price of its own model. */
export const turnWith = ({ answer, externalRequestId, wasCalled }: Tried, { latencyMs, model, sofar }: Before): Turn => {
  const turn = {
    ...sofar,
    model,
    latencyMs,
    externalRequestId: externalRequestId ?? sofar.externalRequestId,
    tryCount: sofar.tryCount + (wasCalled ? 1 : 0),
  };
  const usage = answer === null ? null : usageOf(answer);
  return answer === null || usage === null
    ? turn
    : {
        ...turn,
        inputTokens: sofar.inputTokens + usage.inputTokens,
        outputTokens: sofar.outputTokens + usage.outputTokens,
        cacheReadTokens: sofar.cacheReadTokens + usage.cacheReadTokens,
        cacheWriteTokens: sofar.cacheWriteTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens,
        costMicros: sofar.costMicros + costMicrosOf(model, usage),
        stopReason: typeof answer.stop_reason === "string" ? answer.stop_reason : null,
      };
};

/** The SDK puts the id of the service beside the message. */
export const requestIdOf = (answer: Message): string | null => {
  const id: unknown = Object(answer)["_request_id"];
  return typeof id === "string" ? id : null;
};
