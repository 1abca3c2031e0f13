// What the site and a key say to each other, as JSON on one side and bytes on the other.

/** Return the bytes of a text in Base64 of addresses. */
export function bytesOf(text) {
  const standard = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(standard), (sign) => sign.charCodeAt(0));
}

/** Return bytes as a text in Base64 of addresses. */
export function textOf(buffer) {
  const standard = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return standard.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const withBytes = (keys) =>
  (keys ?? []).map(({ type, id, transports }) => ({ type, id: bytesOf(id), transports }));

/** Return what the browser wants to hear before it makes a key. */
export function creation({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytesOf(publicKey.challenge),
      user: { ...publicKey.user, id: bytesOf(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
    },
  };
}

/** Return what the browser wants to hear before it uses a key. */
export function request({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytesOf(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    },
  };
}

const PARTS = [
  "clientDataJSON",
  "attestationObject",
  "authenticatorData",
  "signature",
  "userHandle",
];

/** Return what a key has answered, for the site. */
export function answer(credential) {
  const response = {};
  for (const part of PARTS) {
    if (credential.response[part]) response[part] = textOf(credential.response[part]);
  }
  return {
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: {},
  };
}

/** Say in one word why nothing came: it is there already, impossible here, or ended. */
export function problemOf(error) {
  if (error?.name === "InvalidStateError") return "known";
  if (["SecurityError", "NotSupportedError", "TypeError"].includes(error?.name))
    return "impossible";
  return "ended";
}
