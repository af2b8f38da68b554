/**
 * The one list of what never reaches the log, by name and by shape. Whoever writes text to the log asks
 * here; nobody keeps a list of their own. Names err on the side of hiding: `InvalidSession` and
 * `sessionTimeoutInSeconds` may be read, anything that sounds like a secret may not.
 */

/** What stands in a secret's place. */
export const HIDDEN = '[hidden]';

/** Parts of a name, letters alone in lower case, that make its value a secret. */
const SECRET_NAME =
  /passw(or)?d|passphrase|passcode|secret|sessionid|privatekey|credential|cookie|authori[sz]ation|apikey|bearer|token/;

/**
 * Texts that are secret wherever they stand: a private key as PEM, or as the bare base64 of its DER form
 * (PKCS#8, PKCS#1, SEC 1): a SEQUENCE that begins with the INTEGER 0 or 1 and goes on with an algorithm,
 * a modulus or an octet string, its length in three, two or one bytes. Certificates, requests and CRLs
 * begin with a SEQUENCE within a SEQUENCE.
 */
const SECRET_SHAPES: readonly RegExp[] = [
  /-----BEGIN[A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END[A-Z0-9 ]*PRIVATE KEY-----|$)/g,
  /MII[A-Za-z0-9+/]{2}[AQgw]IBA(?:DA|AK|QS)[A-Za-z0-9+/=\s]*/g,
  /MI[A-Za-z0-9+/]{2}AgE(?:A[MA]|BB)[A-Za-z0-9+/=\s]*/g,
  /M[A-Za-z0-9+/]{2}CAQ(?:EE|Aw)[A-Za-z0-9+/=\s]*/g,
];

/** The session cookie: its name stays, its value goes. */
const SESSION_COOKIE = /(VASASESSIONID["']?\s{0,32}[=:]\s{0,32}["']?)[^\s;,"'<>&]+/gi;

/** Whether a value under this name is secret. Case, prefix and punctuation of the name do not matter. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.toLowerCase().replace(/[^a-z]/g, ''));
}

/** The text with everything of a secret's shape replaced. */
export function hideSecretShapes(text: string): string {
  let hidden = text.replace(SESSION_COOKIE, `$1${HIDDEN}`);
  for (const shape of SECRET_SHAPES) hidden = hidden.replace(shape, HIDDEN);
  return hidden;
}

/** Whether the text holds anything of a secret's shape. */
export function hasSecretShape(text: string): boolean {
  return hideSecretShapes(text) !== text;
}
