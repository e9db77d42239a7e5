/** The four things of a WebSocket that this server uses; the class of `ws` has them all. */
export type RawSocket = {
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code: number, reason: string): void;
  terminate(): void;
};

export type SocketLink = {
  readonly socketId: string;
  readonly sendText: (frame: string) => void;
  readonly send: (event: string, fields: { readonly channel?: string; readonly data: unknown }) => void;
  /** Tells the client something is wrong and goes on. Codes from 4300 on belong here: closing with one forbids a reconnect. */
  readonly sendError: (code: number | null, message: string) => void;
  readonly closeWith: (code: number, message: string) => void;
  readonly drop: () => void;
};

/**
 * A reader that does not keep up is cut off instead of being waited for: its unsent frames would grow without
 * bound, and after the reconnect it fetches what it missed anyway.
 */
export const createSocketLink = (
  socket: RawSocket,
  { socketId, maxBufferedBytes }: { socketId: string; maxBufferedBytes: number },
): SocketLink => {
  const sendText = (frame: string): void => {
    if (socket.bufferedAmount > maxBufferedBytes) {
      socket.terminate();
      return;
    }
    socket.send(frame);
  };
  const send: SocketLink["send"] = (event, fields) => sendText(JSON.stringify({ event, ...fields }));
  const sendError: SocketLink["sendError"] = (code, message) => send("pusher:error", { data: { code, message } });
  return {
    socketId,
    sendText,
    send,
    sendError,
    closeWith: (code, message) => {
      sendError(code, message);
      socket.close(code, message);
    },
    drop: () => socket.terminate(),
  };
};
