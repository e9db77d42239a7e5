import "server-only";

import { z } from "zod";

import { withSystem } from "#server/platform/tenant.ts";

import { auditOwnAccount } from "./account-audit.ts";
import { NAME_MAX_LENGTH } from "./create-user.ts";
import { assertOwnDevice } from "./assert-own-device.ts";
import type { SignedIn } from "./find-signed-in.ts";

export const ChangeNameInput = z.object({
  name: z.string().trim().min(1, "tell your team your name").max(NAME_MAX_LENGTH, `at most ${NAME_MAX_LENGTH} characters`),
});

/** What the team sees beside what one writes, from the next message on. One's own right, so nothing is asked. */
export const changeName = async (user: SignedIn, raw: z.input<typeof ChangeNameInput>, requestId: string): Promise<void> => {
  assertOwnDevice(user);
  const { name } = ChangeNameInput.parse(raw);
  await withSystem(async (tx) => {
    await tx.db.user.updateMany({ where: { id: user.userId }, data: { name } });
    await auditOwnAccount(tx, { user, action: "account.changed", details: { changed: "name" }, requestId });
  });
};
