/** Return a voice of this device that speaks Indonesian, or undefined.
 *
 * Old Androids call the language "in". A voice of somebody's server costs data, and tells
 * that server what is read. */
export function voiceOf(voices) {
  return voices.find(({ lang, localService }) => localService && /^(id|in)([-_]|$)/i.test(lang));
}
