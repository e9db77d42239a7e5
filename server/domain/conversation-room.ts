import type { Id } from "./ids.ts";

/** The realtime channel on which those who have one conversation open see each other. */
export const roomOf = (clubId: Id<"club">, conversationId: Id<"conversation">): string => `presence-${clubId}-${conversationId}`;

/** What a browser tells the others of the room, over the realtime service alone. */
export const TYPING_EVENT = "client-typing";
/** Somebody who types says so this often at most; who has not said so for a while types no more. */
export const TYPING_EVERY_MS = 2_500;
export const TYPING_FORGOTTEN_MS = 6_000;
