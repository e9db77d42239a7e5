import { createHash } from "node:crypto";
import { CACHEABLE_MIN_TOKENS, CHARACTERS_PER_TOKEN } from "./limits.ts";
import { blocksOf, type ContentBlock, type PromptParts } from "./request.ts";

export type InputUsage = {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation: { readonly ephemeral_5m_input_tokens: number; readonly ephemeral_1h_input_tokens: number };
};

/** Counts a prompt and remembers its marked prefixes: a later prompt that begins alike reads them from the cache. */
export type PromptCache = { readonly measure: (request: PromptParts, owner: string) => InputUsage; readonly clear: () => void };

export const createPromptCache = ({ nowMs }: { nowMs: () => number }): PromptCache => {
  const expiresAtMs = new Map<string, { at: number; ttlMs: number }>();

  const isWarm = (hash: string): boolean => (expiresAtMs.get(hash)?.at ?? 0) > nowMs();
  const keep = (hash: string, ttlMs: number): void => {
    expiresAtMs.delete(hash);
    expiresAtMs.set(hash, { at: nowMs() + ttlMs, ttlMs });
    const [oldest] = expiresAtMs.keys();
    if (expiresAtMs.size > ENTRIES_MAX && oldest !== undefined) {
      expiresAtMs.delete(oldest);
    }
  };

  const measure = (request: PromptParts, owner: string): InputUsage => {
    const prefixes = prefixesOf(request, owner);
    const total = prefixes.at(-1)?.tokens ?? 0;
    const breakpoints = prefixes.filter((prefix) => prefix.ttlMs !== null && prefix.tokens >= CACHEABLE_MIN_TOKENS);
    const last = breakpoints.at(-1);
    if (last === undefined) {
      return usageOf({ total, read: 0, created: 0, ttlMs: TTL_MS["5m"] });
    }
    const warm = prefixes.findLast((prefix) => prefix.tokens <= last.tokens && isWarm(prefix.hash));
    const read = warm?.tokens ?? 0;
    if (warm !== undefined) {
      keep(warm.hash, expiresAtMs.get(warm.hash)?.ttlMs ?? TTL_MS["5m"]);
    }
    for (const { hash, tokens, ttlMs } of breakpoints) {
      if (ttlMs !== null && tokens > read) {
        keep(hash, ttlMs);
      }
    }
    return usageOf({ total, read, created: last.tokens - read, ttlMs: last.ttlMs ?? TTL_MS["5m"] });
  };

  return { measure, clear: () => expiresAtMs.clear() };
};

/** Tokens of a prompt or an answer: the same text always counts the same. */
export const countTokens = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

export const countPromptTokens = (request: PromptParts): number => prefixesOf(request, "").at(-1)?.tokens ?? 0;

const TTL_MS = { "5m": 300_000, "1h": 3_600_000 } as const;
const ENTRIES_MAX = 5_000;

type Prefix = { readonly hash: string; readonly tokens: number; readonly ttlMs: number | null };

/** One entry per block, in the order of the cache: tools, system, messages; each covers all before it. */
const prefixesOf = (request: PromptParts, owner: string): readonly Prefix[] => {
  const hash = createHash("sha256").update(`${owner}\n${request.model}\n${JSON.stringify(request.tool_choice ?? null)}`);
  const parts = [
    ...(request.tools ?? []).map((tool) => ({ text: JSON.stringify(withoutMark(tool)), mark: tool.cache_control })),
    ...blocksOf(request.system).map((block) => ({ text: `system ${describe(block)}`, mark: block.cache_control })),
    ...request.messages.flatMap((message) =>
      blocksOf(message.content).map((block) => ({ text: `${message.role} ${describe(block)}`, mark: block.cache_control })),
    ),
  ];
  let characters = 0;
  return parts.map(({ mark, text }, index) => {
    hash.update(`\n${text.length} ${text}`);
    characters += text.length;
    const effective = mark ?? (index === parts.length - 1 ? request.cache_control : null);
    return {
      hash: hash.copy().digest("hex"),
      tokens: Math.ceil(characters / CHARACTERS_PER_TOKEN),
      ttlMs: effective === null || effective === undefined ? null : TTL_MS[effective.ttl ?? "5m"],
    };
  });
};

const describe = (block: ContentBlock): string => (block.type === "text" ? (block.text ?? "") : JSON.stringify(withoutMark(block)));

/** The mark says where a prefix ends; it is no part of the prefix. */
const withoutMark = (part: object): object => Object.fromEntries(Object.entries(part).filter(([key]) => key !== "cache_control"));

const usageOf = ({ created, read, total, ttlMs }: { total: number; read: number; created: number; ttlMs: number }): InputUsage => ({
  input_tokens: total - read - created,
  cache_creation_input_tokens: created,
  cache_read_input_tokens: read,
  cache_creation: {
    ephemeral_5m_input_tokens: ttlMs === TTL_MS["5m"] ? created : 0,
    ephemeral_1h_input_tokens: ttlMs === TTL_MS["1h"] ? created : 0,
  },
});
