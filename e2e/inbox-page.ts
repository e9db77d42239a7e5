import type { Locator, Page } from "@playwright/test";

/** What a person sees of the inbox, by the names it has for everybody. */
export const inboxOf = (page: Page) => {
  const list = page.getByRole("region", { name: "Conversations" });
  return {
    list,
    row: (name: string): Locator => list.getByRole("link", { name: new RegExp(`^${name}`) }),
    view: (name: string): Locator => list.getByRole("tab", { name: new RegExp(`^${name}`) }),
  };
};

/** The open conversation with one contact. */
export const threadOf = (page: Page, contactName: string) => {
  const pane = page.getByRole("region", { name: contactName });
  const said = (speaker: string): Locator => pane.getByRole("article", { name: `${speaker} wrote` });
  return {
    pane,
    said,
    bySpotter: said("Spotter"),
    draft: pane.getByRole("region", { name: "Draft of Spotter" }),
    field: pane.getByRole("textbox", { name: "Reply" }),
    action: (name: string): Locator => pane.getByRole("button", { name, exact: true }),
    why: pane.getByRole("button", { name: /^Why: / }),
  };
};
