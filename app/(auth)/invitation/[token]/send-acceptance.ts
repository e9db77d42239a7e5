/** Null when it worked, otherwise a sentence for people. `newUser` is left out by whoever is signed in. */
export const sendAcceptance = async (
  path: string,
  newUser?: { readonly name: string; readonly password: string },
): Promise<string | null> => {
  try {
    const answer = await fetch(`${path}/accept`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(newUser ?? {}),
    });
    return answer.ok ? null : sentenceOf(await answer.json());
  } catch {
    return FALLBACK;
  }
};

const FALLBACK = "That did not work. Nothing has been changed; try again in a moment.";

const sentenceOf = (body: unknown): string => {
  const message = typeof body === "object" && body !== null && "message" in body ? body.message : null;
  return typeof message === "string" && message !== "" ? `${message.charAt(0).toUpperCase()}${message.slice(1)}.` : FALLBACK;
};
