import { parseAsStringLiteral } from "nuqs/server";

export const AGENT_TABS = ["settings", "versions", "franchise"] as const;
export const VERSION_LAYERS = ["club", "franchise"] as const;

/** What is on the screen lives in the address bar. */
export const agentParams = {
  tab: parseAsStringLiteral(AGENT_TABS).withDefault("settings"),
  /** Whose versions are listed. */
  layer: parseAsStringLiteral(VERSION_LAYERS).withDefault("club"),
};
