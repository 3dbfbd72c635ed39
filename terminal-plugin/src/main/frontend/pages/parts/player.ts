import { byHandToggle, card, fill, getJson, h, pill, problemNotice, quantity, text, when } from "@shera/kit";
import { Cast } from "./cast";
import { Finder } from "./finder";
import { Reel } from "./reel";

/** One recording as the server tells of it. */
export interface Recording {
  readonly id: string;
  readonly owner: string;
  readonly environment: string;
  readonly pod: string;
  readonly container: string;
  readonly started: string;
  readonly seconds: number;
  readonly bytes: number;
  readonly live: boolean;
  readonly how: string;
  readonly exitCode: number;
  readonly columns: number;
  readonly rows: number;
  readonly images: readonly string[];
}

const SPEEDS = [1, 2, 4, 8];
const LEAP_SECONDS = 5;
const LIVE_MILLIS = 4000;

/** The screen of a recording with all that moves it. */
export class Player {
  readonly element: HTMLElement;
  private readonly place = h("div", { class: "shera-terminal__reel" });
  private readonly button = h("button", {
    type: "button",
    class: "jenkins-button jenkins-button--primary shera-terminal__play",
    onclick: () => this.toggle(),
  });
  private readonly slider = h("input", {
    type: "range",
    min: "0",
    step: "0.1",
    value: "0",
    class: "shera-terminal__seek",
    "aria-label": text("recording.position"),
  });
  private readonly clock = h("span", { class: "shera-terminal__clock" });
  private readonly speed = h(
    "select",
    { class: "jenkins-select__input" },
    ...SPEEDS.map((one) => h("option", { value: String(one) }, `${one}×`)),
  );
  private readonly skip = h("input", { type: "checkbox", id: "recording-skip", checked: true });
  private readonly said = h("div", {});
  private readonly cast: Cast;
  private readonly reel: Reel;
  private readonly finder: Finder;

  constructor(
    private recording: Recording,
    url: string,
  ) {
    this.cast = new Cast(url, recording.id);
    this.finder = new Finder(this.cast, (at) => void this.reel.seek(at));
    this.element = this.draw(url);
    this.reel = new Reel(
      this.place,
      this.cast,
      recording,
      {
        moved: (at) => this.tell(at),
        stopped: () => this.tell(this.reel.position),
        failed: (thrown) => {
          this.tell(this.reel.position);
          fill(this.said, problemNotice(thrown));
        },
      },
      () => this.recording.live,
    );
    this.slider.addEventListener("input", () => void this.reel.seek(Number(this.slider.value)));
    this.speed.addEventListener("change", () => (this.reel.speed = Number(this.speed.value)));
    this.skip.addEventListener("change", () => (this.reel.skipping = this.skip.checked));
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.tell(0);
    if (recording.live) setTimeout(() => void this.refresh(), LIVE_MILLIS);
  }

  /** Begins where the address of the page says, else at the beginning. */
  begin(): void {
    const at = Number(new URLSearchParams(location.search).get("at") ?? "0");
    void this.reel.seek(Number.isFinite(at) ? at : 0);
  }

  private draw(url: string): HTMLElement {
    const { recording } = this;
    const address = new URL(this.cast.address("cast"), location.href).href;
    const { button: byHand, panel } = byHandToggle(() => ({
      curl: `curl --fail-with-body --user "$USER:$TOKEN" --output ${recording.id}.cast \\\n  '${address}'`,
    }));
    const bar = h(
      "div",
      { class: "shera-terminal__bar" },
      this.button,
      h("label", { class: "shera-terminal__seeking" }, this.clock, this.slider),
      h("label", {}, text("recording.speed"), h("div", { class: "jenkins-select" }, this.speed)),
      h(
        "span",
        { class: "jenkins-checkbox" },
        this.skip,
        h("label", { for: "recording-skip" }, text("recording.skip")),
      ),
      h("a", { class: "jenkins-button", href: address }, text("recording.download")),
      byHand,
    );
    return h(
      "div",
      { class: "shera-stack" },
      card(
        text("recording.of", recording.owner, `${recording.pod} / ${recording.container}`),
        [
          this.facts(),
          bar,
          panel,
          this.said,
          this.place,
          h("p", { class: "shera-muted shera-small" }, text("recording.keys")),
        ],
        h("a", { class: "jenkins-button jenkins-button--tertiary", href: `${url}/` }, text("recording.all")),
      ),
      this.finder.element,
    );
  }

  private facts(): HTMLElement {
    const { recording } = this;
    const images = recording.images.map((image) => h("div", {}, h("code", {}, image)));
    return h(
      "dl",
      { class: "shera-facts" },
      h("dt", {}, text("environment")),
      h("dd", {}, recording.environment),
      h("dt", {}, text("recording.started")),
      h("dd", {}, when(recording.started)),
      h("dt", {}, text("recording.end")),
      h("dd", {}, endOf(recording)),
      h("dt", {}, text("files.size")),
      h("dd", {}, quantity(recording.bytes, "bytes")),
      ...(images.length > 0 ? [h("dt", {}, text("recording.images")), h("dd", {}, ...images)] : []),
    );
  }

  private toggle(): void {
    fill(this.said);
    if (this.reel.playing) this.reel.pause();
    else if (this.reel.position >= this.recording.seconds && !this.recording.live) {
      void this.reel.seek(0).then(() => {
        this.reel.play();
        this.tell(this.reel.position);
      });
      return;
    } else this.reel.play();
    this.tell(this.reel.position);
  }

  private tell(at: number): void {
    const length = Math.max(this.recording.seconds, this.recording.live ? at : 0);
    const shown = Math.min(at, length);
    this.slider.max = String(length);
    this.slider.value = String(shown);
    const said = `${minutes(shown)} / ${minutes(length)}`;
    this.slider.setAttribute("aria-valuetext", said);
    this.clock.textContent = said;
    this.button.textContent = text(this.reel?.playing ? "recording.pause" : "recording.play");
  }

  private key(event: KeyboardEvent): void {
    const to = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (to.matches("select, input:not([type=range]), textarea:not(.xterm-helper-textarea)")) return;
    const leap = { ArrowLeft: -LEAP_SECONDS, ArrowRight: LEAP_SECONDS }[event.key];
    if (leap !== undefined) void this.reel.seek(Math.min(this.reel.position + leap, this.recording.seconds));
    else if (event.key === "Home") void this.reel.seek(0);
    else if (event.key === "End") void this.reel.seek(this.recording.seconds);
    else if (event.key === "k" || (event.key === " " && !to.matches("button, a"))) this.toggle();
    else if (event.key === "<" || event.key === ">") this.faster(event.key === ">" ? 1 : -1);
    else if (event.key === "/") this.finder.focus();
    else return;
    event.preventDefault();
  }

  private faster(by: number): void {
    const index = Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(this.reel.speed) + by));
    this.reel.speed = SPEEDS[index] ?? 1;
    this.speed.value = String(this.reel.speed);
  }

  private async refresh(): Promise<void> {
    try {
      this.recording = await getJson<Recording>(this.cast.address("look"));
      this.tell(this.reel.position);
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
      return;
    }
    if (this.recording.live) setTimeout(() => void this.refresh(), LIVE_MILLIS);
  }
}

/** How a recording ended, as a pill. */
export function endOf({ live, how, exitCode }: Recording): HTMLElement {
  if (live) return pill("info", text("recording.live"));
  if (how === "cut") return pill("warn", text("end.cut"));
  const bad = how === "unrecorded" || how === "full";
  return pill(bad ? "warn" : "idle", text(`end.${how}`, exitCode < 0 ? "" : String(exitCode), ""));
}

/** 75 is 1:15. */
export function minutes(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${Math.floor(whole / 60) % 60}`;
  return hours > 0 ? `${hours}:${two(Number(rest))}:${two(whole % 60)}` : `${rest}:${two(whole % 60)}`;
}
