#!/usr/bin/env node
import { parseArgs } from "node:util";

import { askSecret } from "./ask-secret.mjs";
import { createController, readFingerprint } from "./controller.mjs";
import { listen } from "./listen.mjs";
import { serve, VERSION } from "./serve.mjs";
import { NotPaired, pair, serverAddress } from "./server.mjs";
import { DEFAULT_STATE, readState, writeState } from "./state.mjs";

const HELP = `Connects a UniFi Access controller in this network with Spotter. Needs Node 20 or newer and nothing else.

The first time, with a code from Spotter (Connections → UniFi Access → Pair a relay):
  node spotter-relay.mjs --server https://spotter.example --code ABCD-EFGH --controller https://192.168.1.1:12445
It asks for the controller's API token, which stays on this machine. Later, without any option:
  node spotter-relay.mjs

  --state <file>     where it remembers that (default ${DEFAULT_STATE})
  --listen <port>    take the controller's webhooks on this port and hand them to Spotter
  --help
The token may also come from the variable SPOTTER_CONTROLLER_TOKEN.
`;

/** For supervisors: starting it again does not help, a person must pair it. */
const EXIT_NOT_PAIRED = 3;

const say = (line) => process.stdout.write(`${new Date().toISOString()} ${line}\n`);

const main = async () => {
  const { values } = parseArgs({
    options: {
      server: { type: "string" },
      code: { type: "string" },
      controller: { type: "string" },
      state: { type: "string", default: DEFAULT_STATE },
      listen: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const state = values.code === undefined ? readState(values.state) : await pairAnew(values);
  if (state === null) {
    throw new NotPaired(`this relay is not paired yet\n\n${HELP}`);
  }
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"]) {
    process.once(name, () => stopping.abort());
  }
  const port = values.listen === undefined ? state.listen : Number(values.listen);
  const ear = port === undefined ? null : await listen({ port, server: state.server, connectionId: state.connectionId, say });
  if (ear !== null) {
    say(`listening for webhooks of the controller on port ${ear.port}`);
  }
  say(`relay between ${state.controller} and ${state.server} is running`);
  try {
    await serve({
      server: state.server,
      token: state.token,
      controller: { url: state.controller, token: state.controllerToken, fingerprint: state.fingerprint },
      say,
      signal: stopping.signal,
    });
  } finally {
    ear?.close();
  }
};

/** Looks at the controller before the code is spent, so that a typing error does not cost it. */
const pairAnew = async ({ server, code, controller, state: file, listen: port }) => {
  if (server === undefined || controller === undefined) {
    throw new Error(`--server and --controller are needed with --code\n\n${HELP}`);
  }
  const address = serverAddress(server);
  const { origin, protocol } = new URL(controller);
  if (protocol !== "https:") {
    throw new Error("the address of the controller must begin with https://");
  }
  const controllerToken = process.env["SPOTTER_CONTROLLER_TOKEN"] ?? (await askSecret("API token of the controller: "));
  const fingerprint = await readFingerprint(origin);
  if (fingerprint === null) {
    throw new Error(`no controller answers at ${origin}`);
  }
  say(`the controller's certificate has the fingerprint ${fingerprint}; Spotter shows it, too: they must be the same`);
  const outcome = await createController({ url: origin, token: controllerToken, fingerprint }).call({
    method: "GET",
    path: "/api/v1/developer/doors",
    timeoutMs: 10_000,
  });
  if (outcome.kind !== "answer" || outcome.status !== 200) {
    throw new Error(`the controller does not accept the token (${outcome.kind === "answer" ? outcome.status : outcome.reason})`);
  }
  const { token, connectionId, club } = await pair(address, { code, fingerprint, version: VERSION });
  const state = {
    server: address,
    token,
    connectionId,
    controller: origin,
    controllerToken,
    fingerprint,
    ...(port === undefined ? {} : { listen: Number(port) }),
  };
  writeState(file, state);
  say(`paired with ${club}; remembered in ${file}`);
  return state;
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof NotPaired ? EXIT_NOT_PAIRED : 1;
}
