import type { Page } from "@playwright/test";

type Mutation = { readonly procedure: string; readonly input: object };

/** From inside the page of somebody who is signed in, as its own code calls. @throws with what the server said */
export const mutate = (page: Page, { procedure, input }: Mutation): Promise<void> =>
  call(page, { path: procedure, method: "POST", body: JSON.stringify({ json: input }) });

/** The same for what only reads; its answer is left aside. */
export const query = (page: Page, { procedure, input }: Mutation): Promise<void> =>
  call(page, { path: `${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`, method: "GET", body: null });

type Call = { readonly path: string; readonly method: "GET" | "POST"; readonly body: string | null };

const call = async (page: Page, { body, method, path }: Call): Promise<void> => {
  const refusal = await page.evaluate(
    async ([where, how, json]) => {
      const answer = await fetch(`/api/trpc/${where}`, {
        method: how ?? "GET",
        headers: { "content-type": "application/json" },
        ...(json === null ? {} : { body: json ?? "" }),
      });
      return answer.ok ? "" : `${answer.status}: ${await answer.text()}`;
    },
    [path, method, body],
  );
  if (refusal !== "") {
    throw new Error(`${path} was refused: ${refusal}`);
  }
};
