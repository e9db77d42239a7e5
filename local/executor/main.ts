import { z } from "zod";
import { startExecutor } from "./executor.ts";

const Environment = z.object({
  EXECUTOR_PORT: z.coerce.number().int().min(0).max(65_535).default(3002),
  EXECUTOR_DATABASE_URL: z.url(),
  SPOTTER_APP_URL: z.url().default("http://127.0.0.1:3000"),
  INNGEST_SIGNING_KEY: z.string().min(1),
  INNGEST_EVENT_KEY: z.string().min(1),
});

/** Whatever hangs on close, the process is gone within a second. */
const EXIT_AFTER_MS = 950;

const print = (line: string): void => void process.stdout.write(`executor: ${line}\n`);

const main = async (): Promise<void> => {
  const settings = Environment.parse(process.env);
  const executor = await startExecutor({
    port: settings.EXECUTOR_PORT,
    databaseUrl: settings.EXECUTOR_DATABASE_URL,
    appUrl: settings.SPOTTER_APP_URL,
    signingKey: settings.INNGEST_SIGNING_KEY,
    eventKey: settings.INNGEST_EVENT_KEY,
    print,
  });
  print(`listening on ${executor.url}; a stand-in that speaks the Inngest protocol, not the real service`);
  const stop = (): void => {
    setTimeout(() => process.exit(0), EXIT_AFTER_MS).unref();
    executor.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
};

await main();
