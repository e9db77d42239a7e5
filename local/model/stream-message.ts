import type { AnswerBlock, Message } from "./compose-message.ts";

/**
 * The message as server-sent events. Deltas are a few characters long and the bytes are cut without regard to
 * characters, so that a client which splits in the wrong place shows it here and not in production.
 */
export const streamMessage = (message: Message): ReadableStream<Uint8Array> => {
  const bytes = new TextEncoder().encode(eventsOf(message).map(writeEvent).join(""));
  let position = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (position >= bytes.length) {
        controller.close();
        return;
      }
      controller.enqueue(bytes.slice(position, position + CHUNK_BYTES));
      position += CHUNK_BYTES;
    },
  });
};

/** A prime, so that chunks and events never fall into step. */
const CHUNK_BYTES = 61;
const DELTA_CHARACTERS = 7;

type StreamEvent = Readonly<Record<string, unknown>> & { readonly type: string };

const writeEvent = (event: StreamEvent): string => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

const eventsOf = (message: Message): readonly StreamEvent[] => {
  const { container, content, stop_details, stop_reason, stop_sequence, usage } = message;
  const start = {
    ...message,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    usage: { ...usage, output_tokens: 1 },
  };
  const end = {
    type: "message_delta",
    delta: { stop_reason, stop_sequence, stop_details, container },
    usage: {
      input_tokens: usage.input_tokens,
      output_tokens: usage.output_tokens,
      cache_creation_input_tokens: usage.cache_creation_input_tokens,
      cache_read_input_tokens: usage.cache_read_input_tokens,
      output_tokens_details: usage.output_tokens_details,
      server_tool_use: usage.server_tool_use,
    },
  };
  return [{ type: "message_start", message: start }, { type: "ping" }, ...content.flatMap(blockEvents), end, { type: "message_stop" }];
};

const blockEvents = (block: AnswerBlock, index: number): readonly StreamEvent[] => {
  const isText = block.type === "text";
  const whole = isText ? block.text : JSON.stringify(block.input);
  const empty = isText ? { ...block, text: "" } : { ...block, input: {} };
  const deltas = piecesOf(whole).map((piece) => ({
    type: "content_block_delta",
    index,
    delta: isText ? { type: "text_delta", text: piece } : { type: "input_json_delta", partial_json: piece },
  }));
  return [{ type: "content_block_start", index, content_block: empty }, ...deltas, { type: "content_block_stop", index }];
};

/** By code point: half a character is no text, though half its bytes may well be one network chunk. */
const piecesOf = (text: string): readonly string[] => {
  const characters = [...text];
  return Array.from({ length: Math.ceil(characters.length / DELTA_CHARACTERS) }, (_, index) =>
    characters.slice(index * DELTA_CHARACTERS, (index + 1) * DELTA_CHARACTERS).join(""),
  );
};
