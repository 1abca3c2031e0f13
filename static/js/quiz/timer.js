// The time that is left, as a button: whoever is made nervous by it hides it. Screen
// readers hear it at ten, five and one minute only.

const ANNOUNCED = new Set([10, 5, 1]);
const ANNOUNCED_FOR = 8000;

/** Return the time as the button shows it, like "12.40". */
export function digitsOf(seconds) {
  return `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
}

/** Say whether these minutes are announced, after those that were left before. */
export function isAnnounced(minutes, before) {
  return minutes < before && ANNOUNCED.has(minutes);
}

export class Timer {
  /** `toast` is where it speaks; `onTick` is told the seconds left, once a second. */
  constructor({ clock, say, toast, onTick }) {
    Object.assign(this, { clock, say, toast, onTick });
    this.minutes = 0;
  }

  /** Take the place of the time that the page came with; without one there is no limit. */
  start(page) {
    const still = page.querySelector(".m-timer");
    if (!still) return;
    const holder = document.createElement("div");
    holder.innerHTML = this.say("timer");
    this.button = holder.querySelector("button");
    this.button.addEventListener("click", () => {
      this.button.querySelector("span").toggleAttribute("hidden");
      this.tick();
    });
    still.replaceWith(this.button);
    this.tick();
    setInterval(() => this.tick(), 1000);
  }

  /** Go along to another form. */
  moveTo(page) {
    if (!this.button) return;
    const still = page.querySelector(".m-timer");
    this.button.replaceWith(still.cloneNode());
    still.replaceWith(this.button);
  }

  tick() {
    if (!this.button) return;
    const seconds = this.clock.secondsLeft();
    this.draw(seconds);
    const minutes = Math.ceil(seconds / 60);
    if (isAnnounced(minutes, this.minutes)) this.announce(minutes);
    this.minutes = minutes;
    this.onTick(seconds);
  }

  draw(seconds) {
    const [digits, label] = this.button.querySelectorAll("span");
    digits.textContent = digitsOf(seconds);
    const word = digits.hidden ? "show" : "hide";
    label.textContent = this.say(word, { number: Math.ceil(seconds / 60) });
  }

  announce(minutes) {
    this.toast.textContent = this.say("minutes", { number: minutes });
    setTimeout(() => {
      this.toast.textContent = "";
    }, ANNOUNCED_FOR);
  }
}
