import { postJson } from "#app/(auth)/post-json.ts";

/** Null when it worked, otherwise a sentence for people. `newUser` is left out by whoever is signed in. */
export const sendAcceptance = (path: string, newUser?: { readonly name: string; readonly password: string }): Promise<string | null> =>
  postJson(`${path}/accept`, newUser ?? {});
