// Names for what is said on this phone, so that saying it twice is heard once.

/** Return an identifier like crypto.randomUUID, which needs HTTPS. */
export function newKey() {
  const address = URL.createObjectURL(new Blob());
  URL.revokeObjectURL(address);
  return address.slice(-36);
}
