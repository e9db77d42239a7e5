import { parseAsStringLiteral } from "nuqs/server";

import { QUESTIONS } from "#server/domain/first-run.ts";

export const STEPS = ["list", "connect", "questions", "try"] as const;

/** Where somebody stands lives in the address bar, so that a step can be left and found again. */
export const firstRunParams = {
  step: parseAsStringLiteral(STEPS).withDefault("list"),
  question: parseAsStringLiteral(QUESTIONS),
};
