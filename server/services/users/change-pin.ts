import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { isRecentSignIn, SIGN_IN_AGAIN } from "#server/domain/recent-sign-in.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { NewPin } from "#server/services/desks/pin.ts";

import { auditOwnAccount } from "./account-audit.ts";
import { assertOwnDevice } from "./assert-own-device.ts";
import type { SignedIn } from "./find-signed-in.ts";
import { hashPassword } from "./password-hash.ts";

/** Null takes it away. */
export const ChangePinInput = z.object({ pin: NewPin.nullable() });

type Options = { readonly requestId: string; /** Set by tests only. */ readonly fixedNow?: Date };

/**
 * The PIN with which somebody says who they are at a shared computer. Whoever stands at one by the PIN before types the new one.
 * One's own right, so nothing is asked but a sign-in of the last minutes. @throws `sign_in_required`
 */
export const changePin = async (user: SignedIn, raw: z.input<typeof ChangePinInput>, { requestId, fixedNow }: Options): Promise<void> => {
  assertOwnDevice(user);
  const { pin } = ChangePinInput.parse(raw);
  const pinHash = pin === null ? null : await hashPassword(pin);
  await withSystem(
    async (tx) => {
      if (!isRecentSignIn(user.signedInAt, tx.now)) {
        throw new DomainError("sign_in_required", SIGN_IN_AGAIN);
      }
      const pinSetAt = pinHash === null ? null : tx.now;
      await tx.db.user.updateMany({ where: { id: user.userId }, data: { pinHash, pinSetAt, pinTries: 0 } });
      await auditOwnAccount(tx, { user, action: "account.changed", details: { changed: "pin", isSet: pinHash !== null }, requestId });
    },
    { fixedNow },
  );
};
