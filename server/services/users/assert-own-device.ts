import "server-only";

import { notAtTheDesk } from "#server/domain/desk.ts";

import type { SignedIn } from "./find-signed-in.ts";

/** First line of what somebody does to their own account: a PIN changes nothing of it. @throws `forbidden` at a shared computer */
export const assertOwnDevice = ({ desk }: Pick<SignedIn, "desk">): void => {
  if (desk !== null) {
    throw notAtTheDesk();
  }
};
