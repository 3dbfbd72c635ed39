import { h } from "./dom";
import { quantity, type Unit } from "./quantity";
import { text } from "./texts";

/** Three figures of one resource: asked for by the applications, really used, and allowed at most. */
export interface Share {
  readonly asked?: number | null;
  readonly used?: number | null;
  readonly allowed?: number | null;
}

/** Widths in percent for a share; without a bound the larger figure takes half the bar, which has no end to be full at. */
export function widths(share: Share): { asked: number; used: number; over: boolean } {
  const used = share.used ?? 0;
  const asked = share.asked ?? 0;
  const whole = share.allowed ?? 2 * Math.max(asked, used);
  const percent = (value: number) => (whole > 0 ? Math.min(100, (value / whole) * 100) : value > 0 ? 100 : 0);
  const over = share.allowed != null && Math.max(asked, used) > share.allowed;
  return { asked: percent(asked), used: percent(used), over };
}

/** A drawn share with its figures in words. */
export function shareBar(label: string, share: Share, unit: Unit): HTMLElement {
  const width = widths(share);
  const fullness = Math.max(width.asked, width.used);
  const tone = share.allowed == null ? "open" : width.over ? "bad" : fullness >= 90 ? "warn" : "ok";
  const track = h("div", { class: `shera-bar shera-bar--${tone}`, "aria-hidden": "true" });
  const asked = h("i", { class: "shera-bar__asked" });
  const used = h("i", { class: "shera-bar__used" });
  asked.style.width = `${width.asked}%`;
  used.style.width = `${width.used}%`;
  track.append(asked, used);
  return h(
    "div",
    { class: "shera-share" },
    h("div", { class: "shera-share__label" }, h("span", {}, label), h("b", {}, headline(share, unit))),
    track,
    h("div", { class: "shera-share__words" }, words(share, unit)),
  );
}

function headline(share: Share, unit: Unit): string {
  const asked = share.asked == null ? "?" : quantity(share.asked, unit);
  return share.allowed == null ? asked : text("kit.share.of", asked, quantity(share.allowed, unit));
}

function words(share: Share, unit: Unit): string {
  const used = share.used == null ? text("kit.share.unknown") : text("kit.share.used", quantity(share.used, unit));
  return share.allowed == null ? `${used} · ${text("kit.share.unbounded")}` : used;
}
