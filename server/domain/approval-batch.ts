/** As many as a page shows at once; each is decided on its own. */
export const BATCH_MAX_COUNT = 50;

type Asked = {
  readonly effectKind: string;
  readonly purpose: string;
  readonly requiredCount: number;
  readonly conversationId: string | null;
};

/** What a message says may be said to many people by one press: an answer in a conversation. Deeds, money and advertising never. */
const LIGHT_PURPOSES: ReadonlySet<string> = new Set(["reply", "service"]);

/** Whether it may be approved together with others: a draft that one person may let go, as it stands. */
export const isBatchable = ({ conversationId, effectKind, purpose, requiredCount }: Asked): boolean =>
  effectKind === "message.send" && LIGHT_PURPOSES.has(purpose) && requiredCount === 1 && conversationId !== null;
