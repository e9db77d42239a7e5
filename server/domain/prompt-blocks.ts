/** The parts of a prompt in the order in which they are sent; without the masking, which a browser need not load. */
export const PROMPT_BLOCKS = ["system", "tools", "history", "format"] as const;
export type PromptBlockName = (typeof PROMPT_BLOCKS)[number];

/** So long the page of a run can show what the model was sent; then it is swept. */
export const PROMPT_KEPT_DAYS = 30;

/** One piece of a prompt as people may see it. */
export type PromptPart = {
  readonly block: PromptBlockName;
  /** Whose words: a role, a tool or the label of a block. */
  readonly title: string;
  readonly text: string;
  readonly isCut: boolean;
  /** Stored once for many calls. */
  readonly isShared: boolean;
};

/** A part on a page, with a name of its own among the parts of its prompt. */
export type ShownPart = PromptPart & { readonly id: string };
