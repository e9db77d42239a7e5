import { createServer, type Socket } from "node:net";

import type { MailFaults } from "./faults.ts";
import { answer, CAPABILITIES, type Desk } from "./imap-commands.ts";
import { createReader } from "./imap-words.ts";
import type { PostOffice } from "./post-office.ts";

type Input = { readonly office: PostOffice; readonly faults: MailFaults; readonly port: number };

/**
 * A small IMAP4rev1 server (RFC 3501) over the mailboxes of the post office: what a mail program needs to read, search
 * and file, on this machine and without TLS.
 */
export const startImap = async ({
  office,
  faults,
  port,
}: Input): Promise<{ readonly port: number; readonly close: () => Promise<void> }> => {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A client that hangs up in the middle is what half of the tests are about.
    socket.on("error", () => undefined);
    const fault = faults.strike({ operation: "imap", club: "", kinds: ["outage", "closing", "html_page"] });
    if (fault?.kind === "outage") {
      socket.destroy();
    } else if (fault?.kind === "closing") {
      socket.end("* BYE [UNAVAILABLE] come again later\r\n");
    } else if (fault !== null) {
      socket.end("<!doctype html><html><title>Just a moment</title></html>\r\n");
    } else {
      serve(socket, { office, faults });
    }
  });
  const listening = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
  return {
    port: listening,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
};

const serve = (socket: Socket, { office, faults }: Omit<Input, "port">): void => {
  const desk: Desk = {
    office,
    faults,
    session: { club: null, folder: null },
    write: (text) => {
      if (socket.writable) {
        socket.write(text);
      }
    },
    hangUp: () => socket.end(),
  };
  // One command after the other, however many arrive at once.
  let work: Promise<void> = Promise.resolve();
  const reader = createReader({
    onCommand: (command) => {
      work = work.then(() => answer(desk, command)).catch(() => desk.write(`${command.tag} NO [SERVERBUG] internal error\r\n`));
    },
    onLiteral: () => desk.write("+ go ahead\r\n"),
    onNonsense: () => desk.write("* BAD not understood\r\n"),
  });
  socket.on("data", reader.take);
  desk.write(`* OK [CAPABILITY ${CAPABILITIES}] Mail sandbox, not a real service\r\n`);
};
