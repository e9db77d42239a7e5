import "server-only";

import { env } from "#server/platform/env.ts";

/** Pages that only developers need are not there where people work. */
export const hasDeveloperPages = (): boolean => env.NODE_ENV === "development";
