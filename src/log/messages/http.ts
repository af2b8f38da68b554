/**
 * The HTTP statuses that the VASA endpoint answers with, for whoever meets one in another program's log. The
 * SOAP in the body says more; the field `http_status` of a `request` line is the same number.
 * Source: `src/wire/routes.ts`, `documents.ts`, `fault.ts`, `listener.ts`.
 */
import type { Explanation } from '../../model/explanation.ts';

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
    remedy: 'Split the batch; queryable limits are in the provider’s answer to setContext.',
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
