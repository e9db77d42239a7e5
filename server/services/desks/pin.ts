import { z } from "zod";

import { PIN_MAX_LENGTH, PIN_MIN_LENGTH } from "#server/domain/desk.ts";
import { isCommonPassword } from "#server/services/users/new-password.ts";

const DIGITS = new RegExp(`^\\d{${PIN_MIN_LENGTH},${PIN_MAX_LENGTH}}$`);

/** What somebody types at a desk. */
export const Pin = z.string().regex(DIGITS, `a PIN has ${PIN_MIN_LENGTH} to ${PIN_MAX_LENGTH} digits`);

/** What somebody chooses: no `1111`, `1212` or `1234`. */
export const NewPin = Pin.refine((pin) => !isCommonPassword(pin), "this PIN is among the first a stranger would try, use another");
