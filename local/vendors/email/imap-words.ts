/** A word of a command (atom, quoted text or literal), or a list in brackets. */
export type Word = string | readonly Word[];

/** One whole command of a client; literals stand in it as they came, one character a byte. */
export type ImapCommand = { readonly tag: string; readonly name: string; readonly words: readonly Word[] };

/** Chosen by us: more than the largest mail. */
const LITERAL_MAX_BYTES = 16 * 1024 * 1024;

type Reader = {
  readonly take: (chunk: Buffer) => void;
};

type Listeners = {
  readonly onCommand: (command: ImapCommand) => void;
  /** A literal was announced: the client waits for a plus. */
  readonly onLiteral: () => void;
  readonly onNonsense: () => void;
};

/** Puts bytes together into commands (RFC 3501, 4): lines, in which `{n}` at the end announces n bytes of any kind. */
export const createReader = ({ onCommand, onLiteral, onNonsense }: Listeners): Reader => {
  let waiting = Buffer.alloc(0);
  let words: Word[][] = [[]];
  let literalLeft: number | null = null;
  const finish = (): void => {
    const [tag, name, ...rest] = words[0] ?? [];
    words = [[]];
    if (typeof tag !== "string" || typeof name !== "string") {
      onNonsense();
      return;
    }
    const isUid = name.toUpperCase() === "UID" && typeof rest[0] === "string";
    onCommand({
      tag,
      name: isUid ? `UID ${String(rest[0]).toUpperCase()}` : name.toUpperCase(),
      words: isUid ? rest.slice(1) : rest,
    });
  };
  const step = (): boolean => {
    if (literalLeft !== null) {
      if (waiting.length < literalLeft) {
        return false;
      }
      words.at(-1)?.push(waiting.toString("latin1", 0, literalLeft));
      waiting = waiting.subarray(literalLeft);
      literalLeft = null;
      return true;
    }
    const end = waiting.indexOf("\r\n");
    if (end === -1) {
      return false;
    }
    const line = waiting.toString("latin1", 0, end);
    waiting = waiting.subarray(end + 2);
    const [, bytes, plus] = /\{(\d{1,9})(\+?)\}$/.exec(line) ?? [];
    if (!readWords(bytes === undefined ? line : line.slice(0, line.lastIndexOf("{")), words) || Number(bytes ?? 0) > LITERAL_MAX_BYTES) {
      words = [[]];
      onNonsense();
      return true;
    }
    if (bytes === undefined) {
      finish();
      return true;
    }
    literalLeft = Number(bytes);
    if (plus === "") {
      onLiteral();
    }
    return true;
  };
  return {
    take: (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (step()) {
        // Each step takes something off.
      }
    },
  };
};

const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const ATOM = /[^\s()"]+/y;

/** Adds the words of a line to the innermost open list; `false` = not to be understood. */
const readWords = (line: string, open: Word[][]): boolean => {
  let at = 0;
  while (at < line.length) {
    const character = line[at];
    if (character === " ") {
      at += 1;
    } else if (character === "(") {
      open.push([]);
      at += 1;
    } else if (character === ")") {
      const closed = open.pop();
      if (closed === undefined || open.length === 0) {
        return false;
      }
      open.at(-1)?.push(closed);
      at += 1;
    } else {
      const pattern = character === '"' ? QUOTED : ATOM;
      pattern.lastIndex = at;
      const match = pattern.exec(line);
      if (match === null) {
        return false;
      }
      open.at(-1)?.push(match[1] === undefined ? match[0] : match[1].replaceAll(/\\(.)/g, "$1"));
      at = pattern.lastIndex;
    }
  }
  return true;
};

export const quoted = (text: string): string => `"${text.replaceAll(/[\r\n]/g, " ").replaceAll(/["\\]/g, String.raw`\$&`)}"`;
