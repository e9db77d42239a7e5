/** How a refused sign-in travels from next-auth to the page: as one word in an answer or an address. */
export const TOO_MANY_TRIES = "too_many_tries:";
export const UNAVAILABLE = "unavailable";

/** What the page says. Unknown address, wrong password and closed account read the same. */
export const signInMessage = (error: string): string => {
  if (error.startsWith(TOO_MANY_TRIES)) {
    const minutes = Number.parseInt(error.slice(TOO_MANY_TRIES.length), 10);
    return Number.isNaN(minutes)
      ? MESSAGES.slow
      : `Too many tries. Wait ${minutes === 1 ? "a minute" : `${minutes} minutes`}, then try again.`;
  }
  switch (error) {
    case UNAVAILABLE:
      return MESSAGES.unavailable;
    case "AccessDenied":
      return MESSAGES.notInvited;
    case "CredentialsSignin":
      return MESSAGES.refused;
    default:
      return MESSAGES.unknown;
  }
};

const MESSAGES = {
  slow: "Too many tries. Wait a few minutes, then try again.",
  unavailable: "Signing in is not possible right now. Nothing is wrong with your account; try again in a moment.",
  notInvited: "This Google account is not invited to a club here. Ask your manager for an invitation.",
  refused: "E-mail and password do not match. Check both and try again.",
  unknown: "Signing in did not work. Try again.",
} as const;
