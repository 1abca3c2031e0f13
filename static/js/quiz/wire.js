// What travels between a phone and the site, and how long is waited for it.

// A line that answers nothing for so long is no line.
const PATIENCE = 20_000;
const TOO_MANY = 429;
// What outlives its page (`keepalive`) may weigh 64 KB.
export const MOST_AT_ONCE = 50;

/**
 * Ask the site; return its status and its text.
 *
 * Throws the status (a number) where the server rests or is busy, and an error where
 * there is no line: both are tried again later.
 */
export async function request(path, options) {
  const abort = new AbortController();
  const patience = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const response = await fetch(path, { ...options, signal: abort.signal });
    const { status } = response;
    if (status >= 500 || status === TOO_MANY) throw status;
    return { status, text: await response.text() };
  } finally {
    clearTimeout(patience);
  }
}

/**
 * Send answers of one attempt, the oldest first; return what `request` returns.
 *
 * The token is the permission: it outlives the session. `device` is named by a page
 * that is being answered, so that the server knows it before it has said anything.
 */
export function postSaves(url, { token, device }, saves) {
  const headers = { "X-Attempt-Token": token };
  if (device) headers["X-Device"] = device;
  const rows = saves.map(({ url: _url, token: _token, ...row }) => row);
  return request(url, { method: "POST", keepalive: true, headers, body: JSON.stringify(rows) });
}
