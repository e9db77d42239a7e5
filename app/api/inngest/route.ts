import { serve } from "inngest/next";

import { functions } from "#inngest/functions.ts";
import { inngest } from "#server/platform/events.ts";

export const { GET, POST, PUT } = serve({ client: inngest, functions });
