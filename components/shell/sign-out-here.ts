import { unsubscribeHere } from "#components/notifications/push-here.ts";

/** Chosen by us: a browser asks its push service first, and somebody who wants to leave does not wait for that. */
const UNSUBSCRIBE_MAX_MS = 2_000;

/** Whoever uses this browser next is not shown what I am told of. Leaving works also where the browser cannot end that. */
export const signOutHere = async (goesTo: string): Promise<void> => {
  const tooLong = new Promise<void>((resolve) => setTimeout(resolve, UNSUBSCRIBE_MAX_MS));
  await Promise.race([unsubscribeHere().catch(() => undefined), tooLong]);
  const { signOut } = await import("next-auth/react");
  await signOut({ callbackUrl: goesTo });
};
