import type { AskedQuestion } from "#server/domain/asked-questions.ts";
import type { FactKind } from "#server/domain/knowledge.ts";

/** One fact of an article in a form that can be checked, besides the sentence that people read. */
export type SeedFact = { readonly kind: FactKind; readonly label: string; readonly value: string };

export type SeedArticle = {
  readonly title: string;
  /** One plain fact each, so that a quotation is whole. */
  readonly sentences: readonly string[];
  readonly facts?: readonly SeedFact[];
  readonly asked?: readonly AskedQuestion[];
};

export const price = (label: string, dollars: number): SeedFact => ({ kind: "price", label, value: `$${dollars}` });
