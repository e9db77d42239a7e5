import { createServer } from "node:http";

export type Arrival = {
  readonly path: string;
  /** `url` is the whole address that was called. */
  readonly request: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly rawBody: Uint8Array };
};

/** Takes the product's place: answers webhooks with the given statuses, then 200, and keeps them in order of arrival. */
export const startReceiver = async (statuses: number[] = []) => {
  const arrived: Arrival[] = [];
  const waiting: (() => void)[] = [];
  let origin = "";
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const path = request.url ?? "";
    arrived.push({ path, request: { url: `${origin}${path}`, headers, rawBody: Buffer.concat(chunks) } });
    response.writeHead(statuses.shift() ?? 200).end();
    waiting.splice(0).forEach((wake) => wake());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`;
  return {
    url: origin,
    /** Resolves once so many webhooks have come. */
    arrivals: async (count: number): Promise<readonly Arrival[]> => {
      while (arrived.length < count) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return arrived;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
