import { createServer, type Server } from "node:net";

import { afterEach, expect, test } from "vitest";

import { assertPortsFree, basePort, portsFrom } from "./ports.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
  }
});

const takenPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
    servers.push(server);
  });

test("a port in use is named, with what it is for and how to choose another", async () => {
  const port = await takenPort();
  const ports = { ...portsFrom(3000), realtime: port };
  await expect(assertPortsFree(ports, ["realtime"])).rejects.toThrow(
    `Port ${port}, meant for live updates, is in use by another program. Stop that program, or choose other ports: SPOTTER_PORT=4000 npm start`,
  );
});

test("ports that are not needed may be taken", async () => {
  const ports = { ...portsFrom(3000), realtime: await takenPort() };
  await assertPortsFree(ports, []);
});

test("all ports follow the first in a row", () => {
  expect(Object.values(portsFrom(4000))).toEqual(Array.from({ length: 16 }, (_, index) => 4000 + index));
});

test.each(["80", "65530", "abc", "3000.5"])("%s is no usable first port", (text) => {
  expect(() => basePort(text)).toThrow("SPOTTER_PORT must be a whole number from 1024 to 65520");
});

test("without a setting the app has port 3000", () => {
  expect(basePort(undefined)).toBe(3000);
  expect(basePort("")).toBe(3000);
});
