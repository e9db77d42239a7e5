import type { LookupFunction } from "node:net";
import { TLSSocket } from "node:tls";

import { Agent, buildConnector } from "undici";

import { ConnectorError } from "../errors.ts";

/**
 * Sockets to a server whose certificate no authority has signed: it is known by its SHA-256 fingerprint instead, which
 * is compared before a byte of the request leaves. Sessions are not resumed, so that every handshake shows it.
 */
export const createPinnedAgent = ({ fingerprint, lookup }: { readonly fingerprint: string; readonly lookup?: LookupFunction }): Agent => {
  const expected = plainFingerprint(fingerprint);
  const connect = buildConnector({ rejectUnauthorized: false, maxCachedSessions: 0, ...(lookup === undefined ? {} : { lookup }) });
  return new Agent({
    // A socket kept open may be closed by a small server in the moment it is used again, which leaves an act unknown.
    pipelining: 0,
    connect: (options, callback) => {
      connect(options, (...[error, socket]) => {
        if (error !== null) {
          callback(error, null);
          return;
        }
        const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.fingerprint256 : undefined;
        if (shown !== undefined && plainFingerprint(shown) === expected) {
          callback(null, socket);
          return;
        }
        socket.destroy();
        callback(certificateChanged(), null);
      });
    },
  });
};

/** Lower-case hex without colons, so that the spellings of one fingerprint are equal. */
export const plainFingerprint = (text: string): string => text.replaceAll(/[^0-9a-f]/gi, "").toLowerCase();

/** Nothing was sent, and nothing will be until a person has looked: it may be a new certificate, or somebody in between. */
export const certificateChanged = (): ConnectorError =>
  new ConnectorError("unauthorized", "the server shows another certificate than the one this connection trusts", {
    code: "certificate_changed",
  });
