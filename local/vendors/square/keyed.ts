import type { Context } from "hono";
import type { z } from "zod";

import type { ApiInput, Env } from "./api.ts";
import { hashOf, type Entry } from "./books.ts";
import { refuse } from "./refusals.ts";

/** A body that fits, or Square's refusal of it. */
export const readBody = async <T>(c: Context<Env>, schema: z.ZodType<T>): Promise<T | Response> => {
  const parsed = schema.safeParse(await c.req.json().catch(() => null));
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const isMissing = issue?.code === "invalid_type" && issue.message.includes("undefined");
  return refuse(c, isMissing ? "MISSING_REQUIRED_PARAMETER" : "INVALID_VALUE", {
    detail: issue?.message,
    field: issue?.path.join("."),
  });
};

type Keyed = {
  readonly endpoint: string;
  readonly body: { readonly idempotency_key?: string | undefined };
  /** Makes what the answer is built from, or refuses. */
  readonly make: () => Entry | Response;
  readonly answer: (entry: Entry) => object;
};

/** The same key with the same words is answered as the first time, with other words refused. Refusals are not remembered. */
export const keyed = (c: Context<Env>, { books }: ApiInput, { endpoint, body, make, answer }: Keyed): Response => {
  const club = c.get("club");
  const key = body.idempotency_key;
  const bodyHash = hashOf(body);
  const before = key === undefined ? undefined : books.answeredBefore(club, { endpoint, key });
  if (before !== undefined) {
    return before.request?.bodyHash === bodyHash ? c.json(answer(before)) : refuse(c, "IDEMPOTENCY_KEY_REUSED");
  }
  const made = make();
  if (made instanceof Response) {
    return made;
  }
  const entry: Entry = { ...made, request: key === undefined ? undefined : { endpoint, key, bodyHash } };
  books.accept(entry);
  return c.json(answer(entry));
};
