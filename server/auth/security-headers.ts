type Settings = {
  readonly nonce: string;
  readonly appUrl: string;
  readonly realtime: { readonly host: string | null; readonly port: number | null; readonly cluster: string; readonly useTls: boolean };
  /** React's development build evaluates strings to rebuild stack traces. */
  readonly isDevelopment: boolean;
  /** A file that somebody sent is asked for: whatever it is, nothing of it runs. */
  readonly isFile: boolean;
};

const FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

/** Two years, as the preload lists ask for. */
const HSTS_SECONDS = 63_072_000;

/** What each answer tells the browser it may do. The same for everybody: never a matter of who asks. */
export const securityHeaders = (settings: Settings): Readonly<Record<string, string>> => ({
  "content-security-policy": settings.isFile ? FILE_POLICY : contentSecurityPolicy(settings),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  // Links to join carry a secret in their path: nobody else is told where a visitor came from.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  ...(isEncrypted(settings.appUrl) ? { "strict-transport-security": `max-age=${HSTS_SECONDS}; includeSubDomains` } : {}),
});

const isEncrypted = (appUrl: string): boolean => appUrl.startsWith("https:");

const contentSecurityPolicy = (settings: Settings): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${settings.nonce}' 'strict-dynamic'${settings.isDevelopment ? " 'unsafe-eval'" : ""}`,
    // Styles may stand in attributes: positions of menus and widths of bars are set that way, also by the server.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${realtimeSources(settings.realtime).join(" ")}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isEncrypted(settings.appUrl) ? ["upgrade-insecure-requests"] : []),
  ].join("; ");

/** Where pusher-js connects: a WebSocket, and plain requests to the same place where that is blocked. */
const realtimeSources = ({ host, port, cluster, useTls }: Settings["realtime"]): readonly string[] => {
  if (host === null) {
    return [`wss://ws-${cluster}.pusher.com`, `https://sockjs-${cluster}.pusher.com`];
  }
  const place = port === null ? host : `${host}:${port}`;
  return useTls ? [`wss://${place}`, `https://${place}`] : [`ws://${place}`, `http://${place}`];
};
