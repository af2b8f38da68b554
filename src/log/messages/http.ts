/**
 * The HTTP statuses that the provider answers with, for whoever meets one in another program's log. At the VASA
 * endpoint the SOAP in the body says more, and the field `http_status` of a `request` line is the same number.
 * Source: `src/wire/routes.ts`, `documents.ts`, `fault.ts`, `listener.ts`; `src/admin/web/`, `src/admin/routes/served.ts`.
 */
import type { Explanation } from '../../model/explanation.ts';

/** Those of the VASA endpoint. */
export const HTTP_ANSWERS: Readonly<Record<number, Explanation>> = {
  200: { means: 'Answered as asked.', causes: [], remedy: 'Nothing.' },
  304: {
    means: 'The message catalog is the same as the caller’s copy.',
    causes: [],
    remedy: 'Nothing.',
  },
  400: {
    means:
      'The request cannot be read: malformed HTTP or path, more or less than one Host header, or, in SOAP 1.2, a message that makes no sense.',
    causes: [
      'A program that makes its requests by hand.',
      'A proxy that changes them.',
      'A client that broke off in the middle.',
    ],
    remedy: 'See `reason` in the line. vCenter and hosts do not do this.',
  },
  404: {
    means: 'There is nothing at this path.',
    causes: ['A URL with a mistake: the one to register ends in `/version.xml`.', 'A scanner.'],
    remedy: 'Use the URL that the provider prints at its start.',
  },
  405: {
    means: 'The path is right, and the method is not: SOAP goes by POST, documents by GET.',
    causes: ['A browser on the URL of a service; add `?wsdl` there to read its contract.'],
    remedy: 'Nothing.',
  },
  408: {
    means: 'The request did not arrive in time.',
    causes: ['A network that loses packets.', 'A client that hangs.'],
    remedy: 'See `connection_failed.request_timeout`.',
  },
  413: {
    means: 'The request is larger than the provider takes.',
    causes: ['A batch with too many items.', 'Something that is no vCenter and no host.'],
    remedy:
      'Split the batch: `maxBatchSize` in the answer to setContext says how many items one call may have.',
  },
  415: {
    means:
      'The content type, character set or compression of the request is none that the provider reads.',
    causes: ['A program that makes its SOAP by hand.', 'A proxy that compresses.'],
    remedy:
      'Send `text/xml` (SOAP 1.1) or `application/soap+xml` (SOAP 1.2), in UTF-8, not compressed.',
  },
  431: {
    means: 'The headers of the request are too large.',
    causes: ['A proxy in front that adds headers.'],
    remedy: 'Have clients reach the provider directly.',
  },
  500: {
    means:
      'A SOAP fault is in the body; SOAP sends its faults so. It does not mean that the provider failed.',
    causes: ['Any fault: `outcome` of the line names it.'],
    remedy: 'Go by the fault.',
  },
  503: {
    means: 'More is asked than can be done at once; the client should try again after a pause.',
    causes: ['Many hosts connect or call at once.'],
    remedy: 'Nothing, if it ends within minutes. See `load.shedding`.',
  },
};

/** The HTTP statuses of the console's listener and of the local admin socket. */
export const ADMIN_ANSWERS: Readonly<Record<number, Explanation>> = {
  400: {
    means: 'The order makes no sense, or cannot be carried out as things are: the answer says why.',
    causes: ['A value that is missing or out of its range.', 'What is to be made exists already.'],
    remedy: 'Correct what the answer names.',
  },
  401: {
    means: 'Nobody is logged in, or not any more.',
    causes: [
      'The session of the console has ended.',
      'The user was removed or got another password.',
      'A wrong name or password.',
    ],
    remedy:
      'Log in with the name and password of a provider user; `keelson user list` shows the names.',
  },
  403: {
    means: 'The request does not come from the console’s own page.',
    causes: [
      'Another site tried to use the browser’s login.',
      'The console was opened under another name or port than its own, for example through a proxy.',
    ],
    remedy: 'Open the console by the address that `keelson serve` prints.',
  },
  404: {
    means: 'There is nothing at this path, or what is named does not exist.',
    causes: ['A page of an older release in the browser.', 'A volume, rule or user that is gone.'],
    remedy: 'Load the page again.',
  },
  413: {
    means: 'The order is larger than any order is.',
    causes: ['A program with a mistake.'],
    remedy: 'Send less.',
  },
  429: {
    means: 'More requests came at once than one console makes.',
    causes: ['Many pages that are open at once.', 'A program that asks in a loop.'],
    remedy: 'Wait a second; close pages that are not needed.',
  },
  500: {
    means: 'The order failed, and not by the caller’s mistake.',
    causes: ['See the line `admin.order_failed` in the log.'],
    remedy: 'See that line.',
  },
  503: {
    means:
      'Not at the moment: the provider is only starting, too many pages have live updates, or too many log in at once.',
    causes: ['Many pages that are open at once.', 'The provider was started a moment ago.'],
    remedy: 'Wait a moment; close pages that are not needed.',
  },
};
