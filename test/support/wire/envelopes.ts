/** SOAP requests for tests, made by hand: nothing here shares code with the product. */

export type Soap = '1.1' | '1.2';

export const ENVELOPE_NAMESPACES: Readonly<Record<Soap, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

/** An envelope around `body`, with `header` (its content) if given. */
export function envelope(soap: Soap, body: string, header?: string): string {
  const head = header === undefined ? '' : `<S:Header>${header}</S:Header>`;
  return `<S:Envelope xmlns:S="${ENVELOPE_NAMESPACES[soap]}">${head}<S:Body>${body}</S:Body></S:Envelope>`;
}

/** The HTTP headers that go with it. */
export function soapHeaders(soap: Soap, action: string): Record<string, string> {
  if (soap === '1.1') {
    return { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"` };
  }
  return { 'content-type': `application/soap+xml; charset=utf-8; action="${action}"` };
}
