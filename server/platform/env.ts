import { createEnv } from "@t3-oss/env-nextjs";
import { z } from "zod";

const base64Key = z
  .string()
  .refine((text) => Buffer.from(text, "base64").length === 32, "must be 32 bytes in base64, such as from `openssl rand -base64 32`");

const flag = z.enum(["on", "off"]);

/**
 * The only reader of the environment. An empty string counts as missing.
 * The build needs none of these; the server refuses to start without them (instrumentation.ts).
 */
export const env = createEnv({
  server: {
    NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
    /** Everybody: the address under which browsers and vendors reach the installation. */
    APP_URL: z.url(),
    /** Everybody: PostgreSQL as the application role, which is neither owner nor superuser. */
    DATABASE_URL: z.url(),
    /** Everybody: PostgreSQL as the system role, for look-ups before the tenant is known and for sweeps. */
    SYSTEM_DATABASE_URL: z.url(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(100).default(16),
    /** Everybody: signs sessions. */
    NEXTAUTH_SECRET: z.string().min(32),
    /** Read by next-auth itself; must equal APP_URL. */
    NEXTAUTH_URL: z.url(),
    /** Everybody: wraps the data key of each club. Lose it and every stored vendor credential is lost. */
    CREDENTIALS_KEY: base64Key,
    /** While CREDENTIALS_KEY is being replaced: the one before it, until `npm run keys:rewrap` has run (docs/operations.md). */
    CREDENTIALS_KEY_PREVIOUS: base64Key.optional(),
    /** Everybody: keyed hash of phone numbers and addresses. It never rotates: suppressions outlive everything else. */
    ADDRESS_KEY: base64Key,
    /**
     * Push to browsers and phones, where it is set: the installation's own key on P-256, 32 bytes in base64url. A new one ends every
     * subscription.
     */
    PUSH_PRIVATE_KEY: z
      .string()
      .regex(/^[\w-]{43}$/, "must be 32 bytes in base64url")
      .optional(),
    /** Whom a push service may write to about us: a mailto: or https: address. */
    PUSH_CONTACT: z
      .string()
      .regex(/^(mailto:|https:)/)
      .optional(),
    /** Inngest Cloud or a self-hosted server: its own variables. */
    INNGEST_BASE_URL: z.url().optional(),
    INNGEST_EVENT_KEY: z.string().min(1),
    INNGEST_SIGNING_KEY: z.string().min(1),
    /** Pusher Channels or any compatible server. */
    PUSHER_APP_ID: z.string().min(1),
    PUSHER_KEY: z.string().min(1),
    PUSHER_SECRET: z.string().min(1),
    PUSHER_CLUSTER: z.string().min(1).default("mt1"),
    PUSHER_HOST: z.string().optional(),
    PUSHER_PORT: z.coerce.number().int().optional(),
    PUSHER_USE_TLS: flag.default("on"),
    /** Claude. Without a key of Anthropic's the address of the stand-in is set instead. */
    ANTHROPIC_API_KEY: z.string().min(1),
    ANTHROPIC_BASE_URL: z.url().optional(),
    AGENT_MODEL: z.string().min(1).default("claude-haiku-5-5"),
    /** Asked once where the model stays overloaded or silent and the club's policy names no harder one. */
    AGENT_FALLBACK_MODEL: z.string().min(1).default("claude-sonnet-5-5"),
    /**
     * What the key may use in a minute, as the console of the service shows it; with several processes each one's share.
     * All clubs of the installation keep this pace together.
     */
    AGENT_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(1_000),
    AGENT_INPUT_TOKENS_PER_MINUTE: z.coerce.number().int().min(1_000).default(400_000),
    /** Sign-in with Google, where both are set. */
    GOOGLE_CLIENT_ID: z.string().optional(),
    GOOGLE_CLIENT_SECRET: z.string().optional(),
    /** `off` where strangers may not sign up and found a franchise: then people come in by invitation only. */
    SIGN_UP: flag.default("on"),
    /** `on` where the vendors are sandboxes and the model is the stand-in: the interface says so everywhere. */
    DEMO_MODE: flag.default("off"),
    /** Addresses of the vendors, for sandboxes. */
    OPENPHONE_BASE_URL: z.url().default("https://api.openphone.com"),
    CLUBOS_BASE_URL: z.url().default("https://anytime.club-os.com"),
    CLUBHUB_BASE_URL: z.url().default("https://clubhub-ios-api.anytimefitness.com"),
    TWILIO_BASE_URL: z.url().optional(),
    SQUARE_BASE_URL: z.url().optional(),
    SLACK_BASE_URL: z.url().optional(),
    /** The real address depends on the region of each account. */
    NINJAONE_BASE_URL: z.url().optional(),
    /** Private networks that addresses typed by users may lead into, in CIDR form, separated by commas: none by default. */
    CONNECT_ALLOW_RANGES: z
      .string()
      .default("")
      .transform((text) =>
        text
          .split(",")
          .map((range) => range.trim())
          .filter((range) => range !== ""),
      )
      .refine((ranges) => ranges.every((range) => /^[0-9a-f.:]+\/\d{1,3}$/i.test(range)), "must be CIDR ranges such as 10.0.0.0/8"),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  },
  experimental__runtimeEnv: {},
  emptyStringAsUndefined: true,
  skipValidation: process.env["NEXT_PHASE"] === "phase-production-build",
});
