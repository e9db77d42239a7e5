import { createConnection, createServer } from "node:net";

/** The stack takes this many ports in a row, the first being the app's. */
const PORT_COUNT = 16;
const DEFAULT_BASE_PORT = 3000;
const SUGGESTED_STEP = 1000;
const LOWEST_PORT = 1024;
const HIGHEST_PORT = 65_535;

export type Ports = Readonly<Record<keyof typeof PORT_NAMES, number>>;

const PORT_NAMES = {
  app: "the app",
  postgres: "PostgreSQL",
  executor: "the executor",
  realtime: "live updates",
  model: "the model stand-in",
  openPhone: "the OpenPhone sandbox",
  clubOs: "the ClubOS sandbox",
  phone: "the phone page",
  twilio: "the Twilio sandbox",
  square: "the Square sandbox",
  slack: "the Slack sandbox",
  ninjaOne: "the NinjaOne sandbox",
  unifi: "the UniFi Access sandbox",
  smtp: "the sandbox's mail server",
  imap: "the sandbox's mailboxes",
  mail: "the levers of the mail sandbox",
} as const;

/** All ports derive from one, so that two stacks on a machine need to differ in one number only. */
export const portsFrom = (base: number): Ports => ({
  app: base,
  postgres: base + 1,
  executor: base + 2,
  realtime: base + 3,
  model: base + 4,
  openPhone: base + 5,
  clubOs: base + 6,
  phone: base + 7,
  twilio: base + 8,
  square: base + 9,
  slack: base + 10,
  ninjaOne: base + 11,
  unifi: base + 12,
  smtp: base + 13,
  imap: base + 14,
  mail: base + 15,
});

/** Reads SPOTTER_PORT; throws with a sentence when it is no usable port. */
export const basePort = (text: string | undefined): number => {
  const port = text === undefined || text === "" ? DEFAULT_BASE_PORT : Number(text);
  if (!Number.isInteger(port) || port < LOWEST_PORT || port + PORT_COUNT - 1 > HIGHEST_PORT) {
    throw new Error(
      `SPOTTER_PORT must be a whole number from ${LOWEST_PORT} to ${HIGHEST_PORT - PORT_COUNT + 1}; ${PORT_COUNT} ports are used from there on.`,
    );
  }
  return port;
};

/** Throws with the name of the first port that another program holds, and how to choose others. */
export const assertPortsFree = async (ports: Ports, wanted: readonly (keyof Ports)[]): Promise<void> => {
  for (const name of wanted) {
    if (!(await isFree(ports[name]))) {
      throw new Error(
        `Port ${ports[name]}, meant for ${PORT_NAMES[name]}, is in use by another program. Stop that program, or choose other ports: SPOTTER_PORT=${otherBasePort(ports.app)} npm start`,
      );
    }
  }
};

/** A base port to suggest when the present one is taken. */
export const otherBasePort = (port: number): number =>
  port + SUGGESTED_STEP + PORT_COUNT <= HIGHEST_PORT ? port + SUGGESTED_STEP : DEFAULT_BASE_PORT;

/** Whether something accepts connections on the port. */
export const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => {
      if ("code" in error && error.code === "EADDRINUSE") {
        resolve(false);
      } else {
        reject(error);
      }
    });
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
