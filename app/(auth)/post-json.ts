const FALLBACK = "That did not work. Nothing has been changed; try again in a moment.";

/** Null when it worked, otherwise a sentence for people. */
export const postJson = async (path: string, body: Readonly<Record<string, string>>): Promise<string | null> => {
  try {
    const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    return answer.ok ? null : sentenceOf(await answer.json());
  } catch {
    return FALLBACK;
  }
};

const sentenceOf = (body: unknown): string => {
  const message = typeof body === "object" && body !== null && "message" in body ? body.message : null;
  return typeof message === "string" && message !== "" ? `${message.charAt(0).toUpperCase()}${message.slice(1)}.` : FALLBACK;
};
