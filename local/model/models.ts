/** Ids the SDK 1.11.0 lists (2026-11); any other id is answered 404. */
const MODEL_IDS = [
  "claude-fable-5-2",
  "claude-mythos-5-2",
  "claude-haiku-5-5",
  "claude-sonnet-5-5",
  "claude-fable-5-1",
  "claude-opus-5-5",
  "claude-mythos-5-1",
  "claude-sonnet-5",
  "claude-fable-5",
  "claude-mythos-5",
  "claude-opus-5",
  "claude-opus-4-8",
  "claude-opus-4-7",
  "claude-opus-4-6",
  "claude-sonnet-4-6",
  "claude-haiku-4-5",
  "claude-haiku-4-5-20251001",
  "claude-opus-4-5",
  "claude-opus-4-5-20251101",
] as const;

export const isKnownModel = (id: string): boolean => MODEL_IDS.some((known) => known === id);

/** Models that answer a forced tool (`tool_choice` any or tool) with an error. */
export const refusesForcedTools = (id: string): boolean => id === "claude-sonnet-5-5";

export const describeModel = (id: string): object => ({
  id,
  type: "model",
  display_name: `${id} (Spotter stand-in, not the real model)`,
  created_at: "1970-01-01T00:00:00Z",
  lifecycle: "active",
  deprecated_at: null,
  retires_at: null,
  line: null,
  max_input_tokens: null,
  max_tokens: null,
  capabilities: null,
});

export const listModels = ({ limit }: { limit: number }): object => {
  const page = MODEL_IDS.slice(0, limit);
  return {
    data: page.map(describeModel),
    has_more: page.length < MODEL_IDS.length,
    first_id: page[0] ?? null,
    last_id: page.at(-1) ?? null,
  };
};
