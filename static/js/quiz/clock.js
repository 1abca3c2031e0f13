// The time of an attempt. A visit learns the server's time with its page, every answer of
// the server sets the clock right, and in between the monotonic clock counts: whoever
// turns the phone's own clock gains nothing. The monotonic clock stands still while a
// phone sleeps; what it missed then is read from the phone's clock.

const ofThisPhone = { monotonic: () => performance.now(), wall: () => Date.now() };

export class Clock {
  /**
   * `started`, `now` and `deadline` are dates in ISO 8601; there may be no deadline.
   * `kept` is when the page was kept on this phone, by the phone's clock: a copy that is
   * opened later is as much older than `now`.
   */
  constructor({ started, now, deadline, kept }, { monotonic, wall } = ofThisPhone) {
    Object.assign(this, { monotonic, wall });
    this.slept = 0;
    this.drift = wall() - monotonic();
    const age = kept ? Math.max(0, wall() - kept) : 0;
    this.ahead = Date.parse(now) + age - Date.parse(started) - this.ticks();
    this.limit = deadline ? Date.parse(deadline) - Date.parse(started) : Infinity;
  }

  /** Return the milliseconds of this visit, sleep included. */
  ticks() {
    return this.monotonic() + this.slept;
  }

  /** Return the milliseconds from the start of the attempt to a moment of this visit. */
  offsetOf(ticks) {
    return Math.max(0, Math.round(this.ahead + ticks));
  }

  /** Return the seconds that are left, rounded up: 0 when the time is over. */
  secondsLeft() {
    return Math.max(0, Math.ceil((this.limit - this.ahead - this.ticks()) / 1000));
  }

  /** Believe the server. */
  setSecondsLeft(seconds) {
    this.ahead = this.limit - this.ticks() - seconds * 1000;
  }

  /** Find out how long the monotonic clock stood still; it counts if the phone slept. */
  notice({ isAwake }) {
    const missed = this.wall() - this.monotonic() - this.drift;
    this.drift += missed;
    if (isAwake) this.slept += Math.max(0, missed);
  }
}

/**
 * Return `offset`, but never less than what this phone has said of an attempt before.
 *
 * Visits estimate the server's time anew, each with another delay of the line; what is
 * said later on one phone must be later there, or the answer before would count. What a
 * clock once said that was wrong by a day moves nothing behind the end (`limit`): from
 * there on the server would refuse it.
 */
export function neverEarlier(offset, limit, url, storage) {
  const place = `said-${url}`;
  const latest = Math.max(offset, Math.min(limit, Number(storage.getItem(place))));
  storage.setItem(place, latest);
  return latest;
}
