import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { getUnsubscribe } from "#server/services/people/get-unsubscribe.ts";

/** What the page behind a link to unsubscribe shows; null when the link is none of ours. */
export const findUnsubscribe = async (token: string): Promise<{ readonly clubName: string } | null> => {
  try {
    return await getUnsubscribe(token);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") {
      return null;
    }
    throw error;
  }
};
