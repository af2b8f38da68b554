/** What every answer of the console's listener tells the browser not to do. */
import type { FastifyInstance } from 'fastify';
import { API_PREFIX } from '../routes/route.ts';

/** The headers; `inlineHashes`: what the page may have inside itself. */
export function securityHeaders(inlineHashes: readonly string[]): Readonly<Record<string, string>> {
  const scripts = ["'self'", ...inlineHashes].join(' ');
  const policy = [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}

/** On every answer, refusals too. What the API says is not kept by browsers and proxies. */
export function addHeaders(app: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  app.addHook('onSend', async (request, reply) => {
    reply.headers(headers);
    if (request.url.startsWith(`${API_PREFIX}/`)) reply.header('cache-control', 'no-store');
  });
}
