// Runs one evaluation under a Node that can, with the packages it needs and an environment that reaches nothing.
import { launch } from "../local/start/launch.mjs";

const EVALUATIONS = ["conversations", "traffic", "train", "injections", "knowledge", "train-answers", "train-asides"];

const NOTHING = "postgresql://nobody:nothing@127.0.0.1:1/none";
const KEY = Buffer.alloc(32, "spotter eval key").toString("base64");

Object.assign(process.env, {
  TZ: "UTC",
  // What `server-only` resolves to inside Next.
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --conditions=react-server`,
  APP_URL: "http://127.0.0.1:3000",
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  NEXTAUTH_SECRET: "a secret of the evaluations, and of nothing else",
  CREDENTIALS_KEY: KEY,
  ADDRESS_KEY: KEY,
  DATABASE_URL: NOTHING,
  SYSTEM_DATABASE_URL: NOTHING,
  INNGEST_EVENT_KEY: "eval",
  INNGEST_SIGNING_KEY: `signkey-test-${"5e".repeat(32)}`,
  PUSHER_APP_ID: "100000",
  PUSHER_KEY: "eval",
  PUSHER_SECRET: "eval",
  ANTHROPIC_API_KEY: process.env.EVAL_ANTHROPIC_API_KEY ?? "demo",
  LOG_LEVEL: "silent",
});

const [name = "conversations"] = process.argv.slice(2);
if (!EVALUATIONS.includes(name)) {
  process.stderr.write(`npm run eval -- ${EVALUATIONS.join(" | ")}\n`);
  process.exit(2);
}
await launch({ main: `../../evals/${name}/run.ts`, packages: "all" });
