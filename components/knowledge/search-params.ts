import { parseAsString, parseAsStringLiteral } from "nuqs/server";

export const KNOWLEDGE_TABS = ["articles", "gaps", "proposals", "notices", "import"] as const;
export const ARTICLE_STATES = ["all", "published", "draft", "unasked", "stopped", "archived"] as const;

/** What is on the screen lives in the address bar. */
export const knowledgeParams = {
  tab: parseAsStringLiteral(KNOWLEDGE_TABS).withDefault("articles"),
  state: parseAsStringLiteral(ARTICLE_STATES).withDefault("all"),
  search: parseAsString.withDefault(""),
  /** The id of the article that is open, or `new`. */
  article: parseAsString,
};
