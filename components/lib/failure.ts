import { TRPCClientError } from "@trpc/client";

import { NOT_AT_THE_DESK } from "#server/domain/desk.ts";

type Failure = { readonly title: string; readonly advice: string };

/** The transport's code of a refused call, or undefined when the server was not reached at all. */
export const failureCode = (error: unknown): string | undefined => {
  if (!(error instanceof TRPCClientError)) {
    return undefined;
  }
  const data: unknown = error.data;
  return typeof data === "object" && data !== null && "code" in data && typeof data.code === "string" ? data.code : undefined;
};

/**
 * What happened, what is safe, what to do. A refusal of the domain already carries a sentence for people,
 * so its own words are the title.
 */
export const describeFailure = (error: unknown): Failure => {
  const code = failureCode(error);
  if (code === undefined) {
    return { title: "The server could not be reached", advice: "Nothing you see is lost. Check the connection and try again." };
  }
  const message = error instanceof Error ? error.message : "";
  if (message === NOT_AT_THE_DESK) {
    return { title: sentence(message), advice: "Nothing has happened." };
  }
  return { title: TITLES.get(code) ?? sentence(message), advice: ADVICE.get(code) ?? "Try again in a moment." };
};

const TITLES = new Map([
  ["UNAUTHORIZED", "You are signed out"],
  ["TOO_MANY_REQUESTS", "Too many requests"],
]);

const ADVICE = new Map([
  ["FORBIDDEN", "Your role does not allow this. Ask a manager or the owner."],
  ["NOT_FOUND", "It may have been removed, or it belongs to another club."],
  ["CONFLICT", "Somebody was faster. The screen now shows the newest state."],
  ["PRECONDITION_REQUIRED", "Nothing has happened. Do it again and enter your password when you are asked."],
  ["PRECONDITION_FAILED", "The state has changed. The screen now shows the newest state."],
  ["BAD_REQUEST", "Check what you entered."],
  ["UNAUTHORIZED", "Sign in again; you come back to this page."],
  ["INTERNAL_SERVER_ERROR", "It has been logged. Try again in a moment."],
  ["SERVICE_UNAVAILABLE", "The vendor does not answer. Nothing went out; try again in a moment."],
  ["BAD_GATEWAY", "It may have gone out. Spotter checks with the vendor before anything is sent again."],
]);

/** A schema's complaint arrives as JSON, which is not for people. */
const sentence = (message: string): string => {
  const text = message.trim();
  return text === "" || /^[[{]/.test(text) ? "That did not work" : text.charAt(0).toUpperCase() + text.slice(1);
};
